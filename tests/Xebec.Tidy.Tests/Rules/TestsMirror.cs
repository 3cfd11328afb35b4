using Xebec.Tidy.Tests.Sources;

namespace Xebec.Tidy.Tests.Rules;

/// <summary>Each project below src/ has tests/NAME.Tests, and each project below tests/ is for one of them, or for the whole.</summary>
public static class TestsMirror
{
    public const string Name = "tests-mirror";
    private static readonly string[] Whole = ["Xebec.EndToEnd.Tests", "Xebec.Tidy.Tests"];

    public static IEnumerable<Finding> Check(IReadOnlyCollection<ProjectFile> sources, IReadOnlyCollection<ProjectFile> tests)
    {
        foreach (var source in sources.Where(source => tests.All(test => test.Name != source.Name + ".Tests")))
            yield return new Finding(Name, source.Path, "-", 1, $"there is no tests/{source.Name}.Tests");
        foreach (var test in tests.Where(test => !Whole.Contains(test.Name) && sources.All(source => source.Name + ".Tests" != test.Name)))
            yield return new Finding(Name, test.Path, "-", 1, "there is no project below src/ that it tests");
    }
}
