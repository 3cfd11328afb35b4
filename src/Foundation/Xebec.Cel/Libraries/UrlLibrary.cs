using Xebec.Cel.Functions;
using Xebec.Cel.Values;

namespace Xebec.Cel.Libraries;

/// <summary>Kubernetes' URL functions.</summary>
internal static class UrlLibrary
{
    public static void AddTo(FunctionTable table)
    {
        var (text, type) = (CelType.String, LibraryTypes.Url);
        table.Function("url", "string_to_url", text, type, v => RequestUrl.Parse(Text.Of(v), out var why) is { } url
            ? new UrlValue(url)
            : new CelError($"URL parse error during conversion from string: parse {StringEditing.Quote(Text.Of(v))}: {why}"));
        table.Function("isURL", "is_url_string", text, CelType.Bool, v => CelBool.Of(RequestUrl.Parse(Text.Of(v), out _) is not null));
        Part(table, "getScheme", u => u.Scheme);
        Part(table, "getHost", u => u.Host);
        Part(table, "getHostname", u => u.Hostname);
        Part(table, "getPort", u => u.Port);
        Part(table, "getEscapedPath", u => u.EscapedPath);
        table.Method("getQuery", "url_get_query", type, CelType.Map(text, LibraryTypes.ListOfStrings), Query);
    }

    private static void Part(FunctionTable table, string name, Func<RequestUrl, string> read) =>
        table.Method(name, $"url_{name}", LibraryTypes.Url, CelType.String, v => new CelString(read(((UrlValue)v).Url)));

    private static CelEntriesMap Query(CelValue value)
    {
        var map = CelEntriesMap.Start();
        foreach (var (key, values) in ((UrlValue)value).Url.QueryValues())
            map.Add(new CelString(key), new CelArrayList([.. values.Select(v => new CelString(v))]));
        return map;
    }
}
