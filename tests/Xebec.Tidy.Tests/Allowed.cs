namespace Xebec.Tidy.Tests;

/// <summary>
/// allowed.txt: what breaks a rule today and is known. An entry is "rule path name size". It may only shrink: something new, or bigger,
/// fails, and so does an entry that is larger than what it stands for (eng/shrink-allowed rewrites those).
/// </summary>
public static class Allowed
{
    public const string Path = "tests/Xebec.Tidy.Tests/allowed.txt";
    private const string ShrinkVariable = "XEBEC_TIDY_SHRINK";
    private static readonly Lock Gate = new();

    /// <summary>Fails the test with every finding that is not allowed, and every entry that is too large.</summary>
    public static void Check(string rule, IEnumerable<Finding> findings)
    {
        lock (Gate)
        {
            var found = findings.ToList();
            if (Environment.GetEnvironmentVariable(ShrinkVariable) == "1")
                File.WriteAllText(Repository.FullPath(Path), Shrink(rule, found, Repository.Read(Path)));
            var problems = Compare(rule, found, Repository.Read(Path)).ToList();
            if (problems.Count > 0) Assert.Fail($"{problems.Count} problems ({rule}):\n{string.Join('\n', problems)}");
        }
    }

    /// <summary>The problems: what is not allowed, then what is allowed without need.</summary>
    public static IEnumerable<string> Compare(string rule, IReadOnlyCollection<Finding> findings, string allowed)
    {
        var entries = Entries(rule, allowed);
        foreach (var finding in findings)
        {
            var limit = entries.GetValueOrDefault(Key(finding));
            if (finding.Size > limit) yield return $"  {finding.Path}: {finding.Message}{(limit > 0 ? $" (allowed: {limit})" : "")}";
            else if (finding.Size < limit) yield return $"  {Path}: now it is {finding.Size}, so write: {Line(finding)} (or run eng/shrink-allowed)";
        }

        var keys = findings.Select(Key).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, size) in entries)
            if (!keys.Contains(key)) yield return $"  {Path}: not needed any more, delete: {key} {size} (or run eng/shrink-allowed)";
    }

    /// <summary>The file without what is not needed of the rule; nothing is added or grows.</summary>
    public static string Shrink(string rule, IReadOnlyCollection<Finding> findings, string allowed)
    {
        var sizes = findings.ToDictionary(Key, finding => finding.Size, StringComparer.Ordinal);
        var lines = new List<string>();
        foreach (var line in allowed.Split('\n'))
        {
            if (!line.StartsWith(rule + " ", StringComparison.Ordinal)) lines.Add(line);
            else if (Parse(line) is var (key, size) && sizes.TryGetValue(key, out var now)) lines.Add($"{key} {Math.Min(size, now)}");
        }

        return string.Join('\n', lines);
    }

    private static Dictionary<string, int> Entries(string rule, string allowed) =>
        allowed.Split('\n').Where(line => line.StartsWith(rule + " ", StringComparison.Ordinal)).Select(Parse)
            .ToDictionary(entry => entry.Key, entry => entry.Size, StringComparer.Ordinal);

    private static (string Key, int Size) Parse(string line)
    {
        var last = line.TrimEnd().LastIndexOf(' ');
        return (line[..last].TrimEnd(), int.Parse(line[(last + 1)..]));
    }

    private static string Key(Finding finding) => $"{finding.Rule} {finding.Path} {finding.Name}";

    private static string Line(Finding finding) => $"{Key(finding)} {finding.Size}";
}
