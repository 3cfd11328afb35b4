using Xebec.Cel.Functions;
using Xebec.Cel.Values;
using static Xebec.Cel.Libraries.LibraryTypes;

namespace Xebec.Cel.Libraries;

/// <summary>matches, and Kubernetes' find and findAll; patterns are RE2's.</summary>
internal static class RegexLibrary
{
    public static void AddTo(FunctionTable table)
    {
        table.Function("matches", "matches", CelType.String, CelType.String, CelType.Bool, Matches);
        table.Method("matches", "matches_string", CelType.String, CelType.String, CelType.Bool, Matches);
        table.Method("find", "string_find_string", CelType.String, CelType.String, CelType.String, Find);
        table.Method("findAll", "string_find_all_string", CelType.String, CelType.String, ListOfStrings, (t, p) => FindAll(t, p, -1));
        table.Method("findAll", "string_find_all_string_int", [CelType.String, CelType.String, CelType.Int], ListOfStrings, v =>
            FindAll(v[0], v[1], ((CelInt)v[2]).Number));
    }

    private static CelValue Matches(CelValue text, CelValue pattern) => Re2.Compile(Text.Of(pattern), out var error) is { } regex
        ? CelBool.Of(regex.IsMatch(Text.Of(text)))
        : new CelError(error!);

    private static CelValue Find(CelValue text, CelValue pattern) => Re2.Compile(Text.Of(pattern), out var error) is { } regex
        ? new CelString(regex.Match(Text.Of(text)).Value)
        : new CelError($"Illegal regex: {error}");

    private static CelValue FindAll(CelValue text, CelValue pattern, long limit)
    {
        if (Re2.Compile(Text.Of(pattern), out var error) is not { } regex)
            return new CelError($"Illegal regex: {error}");
        var found = new List<CelValue>();
        var source = Text.Of(text);
        foreach (var match in regex.EnumerateMatches(source))
        {
            if (limit >= 0 && found.Count >= limit)
                break;
            found.Add(new CelString(source.Substring(match.Index, match.Length)));
        }

        return new CelArrayList(found);
    }
}
