namespace Xebec.Tidy.Tests.Conformance;

/// <summary>The entries with the tests and the reasons that go with each.</summary>
public sealed class ConformanceList(
    IReadOnlyList<ConformanceEntry> entries, IReadOnlyList<ConformanceTest> tests, IReadOnlyList<ConformanceReason> reasons)
{
    public const string Name = "conformance";
    public const string EntriesPath = "tests/Conformance/entries.tsv";
    public const string ReasonsPath = "tests/Conformance/reasons.tsv";

    private readonly ILookup<string, ConformanceTest> _tests = tests.ToLookup(test => test.Entry, StringComparer.Ordinal);

    public IReadOnlyList<ConformanceEntry> Entries => entries;

    /// <summary>The tests of an entry, in the order of their names.</summary>
    public IReadOnlyList<ConformanceTest> TestsOf(ConformanceEntry entry) => [.. _tests[entry.Name].OrderBy(test => test.Name, StringComparer.Ordinal)];

    /// <summary>Why an entry has no test, or what its tests leave out.</summary>
    public ConformanceReason? ReasonOf(ConformanceEntry entry) =>
        reasons.FirstOrDefault(reason => reason.IsPartial == _tests.Contains(entry.Name) && reason.Matches(entry.Name));

    /// <summary>The reasons that still say something.</summary>
    public IReadOnlyList<ConformanceReason> NeededReasons =>
        [.. reasons.Intersect(entries.Select(ReasonOf).OfType<ConformanceReason>())];

    /// <summary>Entries with neither, reasons for nothing, and attributes that name no entry or are on no test.</summary>
    public IEnumerable<Finding> Check()
    {
        var names = entries.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var test in tests)
        {
            if (!names.Contains(test.Entry)) yield return new Finding(Name, test.Path, test.Name, 1, $"{test.Name}: {EntriesPath} has no \"{test.Entry}\"");
            if (!test.IsTest) yield return new Finding(Name, test.Path, test.Name, 1, $"{test.Name} covers an entry and is no test");
        }

        foreach (var entry in entries)
            if (TestsOf(entry).Count == 0 && ReasonOf(entry) is null)
                yield return new Finding(Name, EntriesPath, entry.Name, 1, $"\"{entry.Name}\" has no test, and {ReasonsPath} does not say why");
        foreach (var reason in reasons.Except(NeededReasons))
            yield return new Finding(Name, ReasonsPath, reason.Pattern, 1, $"\"{reason.Pattern}\" explains nothing any more: run eng/update-conformance");
    }
}
