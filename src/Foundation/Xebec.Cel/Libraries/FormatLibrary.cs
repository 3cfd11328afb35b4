using System.Globalization;
using System.Text.RegularExpressions;
using Xebec.ApiMachinery.Names;
using Xebec.Cel.Functions;
using Xebec.Cel.Values;

namespace Xebec.Cel.Libraries;

/// <summary>Kubernetes' named formats of strings.</summary>
internal static partial class FormatLibrary
{
    private static readonly FormatValue[] Formats =
    [
        new("dns1123Label", 30, NameRules.DnsLabel),
        new("dns1123Subdomain", 60, NameRules.DnsSubdomain),
        new("dns1035Label", 30, NameRules.Dns1035Label),
        new("qualifiedName", 60, NameRules.QualifiedName),
        new("dns1123LabelPrefix", 30, text => NameRules.DnsLabel(AsPrefix(text))),
        new("dns1123SubdomainPrefix", 60, text => NameRules.DnsSubdomain(AsPrefix(text))),
        new("dns1035LabelPrefix", 30, text => NameRules.Dns1035Label(AsPrefix(text))),
        new("labelValue", 40, NameRules.LabelValue),
        new("uri", 1000, Uri),
        new("uuid", 104, text => Uuid().IsMatch(text) ? [] : ["does not match the UUID format"]),
        new("byte", 80, text => text.Length > 0 && Convert.TryFromBase64String(text, new byte[text.Length], out _) ? [] : ["invalid base64"]),
        new("date", 120, text => DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? [] : ["invalid date"]),
        new("datetime", 120, text => CelTimestamp.Parse(text) is not null ? [] : ["invalid datetime"]),
    ];

    /// <summary>The longest pattern, for estimates.</summary>
    public static int LongestPattern { get; } = Formats.Max(f => f.PatternLength);

    public static void AddTo(FunctionTable table)
    {
        foreach (var format in Formats)
            table.Function($"format.{format.Name}", $"format.{format.Name}", LibraryTypes.Format, () => format);
        table.Function("format.named", "format-named", CelType.String, CelType.Optional(LibraryTypes.Format), v =>
            CelOptional.OfFound(Array.Find(Formats, f => f.Name == Text.Of(v))));
        table.Method("validate", "format-validate", LibraryTypes.Format, CelType.String, CelType.Optional(LibraryTypes.ListOfStrings), (f, v) =>
            ((FormatValue)f).Check(Text.Of(v)) is { Count: > 0 } wrong
                ? CelOptional.Of(new CelArrayList([.. wrong.Select(w => new CelString(w))]))
                : CelOptional.None);
    }

    private static IReadOnlyList<string> Uri(string text) =>
        RequestUrl.Parse(text, out var why) is null ? [$"parse {StringEditing.Quote(text)}: {why}"] : [];

    // A prefix may end with a dash, since something follows it.
    private static string AsPrefix(string text) => text.Length > 1 && text.EndsWith('-') ? text[..^2] + "a" : text;

    [GeneratedRegex("^(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32})\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Uuid();
}
