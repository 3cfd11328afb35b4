using Xebec.Tidy.Tests.Documents;
using Xebec.Tidy.Tests.Rules;
using Xebec.Tidy.Tests.Sources;

namespace Xebec.Tidy.Tests;

/// <summary>Each rule about projects, on samples that keep and break it.</summary>
public sealed class ProjectRulesCanFailTests
{
    private static readonly Dictionary<string, HashSet<string>?> Table = ProjectGraph.Table(new MarkdownFile(
        "ARCHITECTURE.md", "text\n\n| project | may reference |\n|---|---|\n| A | nothing |\n| B | A |\n| Host | all |\n\nmore\n"));

    [Fact]
    public void TheGraphIsRead()
    {
        Assert.Equal(["A", "B", "Host"], Table.Keys);
        Assert.Empty(Check(Project("A"), Project("B", "A"), Project("Host", "A", "B")));
    }

    [Fact]
    public void TheGraphIsHeld()
    {
        Assert.Contains("does not allow", Assert.Single(Check(Project("A", "B"), Project("B", "A"), Project("Host"))));
        Assert.Contains("does not reference", Assert.Single(Check(Project("A"), Project("B"), Project("Host"))));
        Assert.Contains("not in the table", Assert.Single(Check(Project("A"), Project("B", "A"), Project("Host"), Project("C"))));
        Assert.Contains("no project", Assert.Single(Check(Project("A"), Project("B", "A"))));
    }

    [Fact]
    public void EachProjectNeedsTests()
    {
        var tests = ProjectFile.Parse("tests/Xebec.A.Tests/Xebec.A.Tests.csproj", "<Project/>");
        Assert.Empty(TestsMirror.Check([Project("A")], [tests]));
        Assert.Single(TestsMirror.Check([Project("A"), Project("B")], [tests]));
        Assert.Single(TestsMirror.Check([], [tests]));
    }

    [Theory]
    [InlineData("<PackageVersion Include='A' Version='1.2.3' />", "<PackageReference Include='A' />", 0)]
    [InlineData("<PackageVersion Include='A' Version='1.2.3-beta.1' />", "<PackageReference Include='a' />", 0)]
    [InlineData("<PackageVersion Include='A' Version='1.*' />", "<PackageReference Include='A' />", 1)]
    [InlineData("<PackageVersion Include='A' Version='[1.0,2.0)' />", "<PackageReference Include='A' />", 1)]
    [InlineData("<PackageVersion Include='A' Version='1.2.3' />", "<PackageReference Include='A' Version='1.2.3' />", 1)]
    [InlineData("<PackageVersion Include='A' Version='1.2.3' />", "", 1)]
    [InlineData("", "<PackageReference Include='A' />", 1)]
    public void VersionsArePinned(string central, string references, int findings)
    {
        var project = ProjectFile.Parse("src/A/A.csproj", $"<Project>{references}</Project>");
        Assert.Equal(findings, PackageVersions.Check([project], $"<Project>{central}</Project>").Count());
    }

    [Fact]
    public void TheSolutionNeedsEveryProject()
    {
        const string Solution = "<Solution><Folder><Project Path='src/A.csproj' /></Folder></Solution>";
        Assert.Empty(SolutionIsWhole.Check(["src/A.csproj"], Solution));
        Assert.Single(SolutionIsWhole.Check(["src/A.csproj", "src/B.csproj"], Solution));
        Assert.Single(SolutionIsWhole.Check([], Solution));
    }

    [Fact]
    public void UpdateScriptsNeedTwins()
    {
        Assert.Empty(VerifyTwins.Check(["eng/update-a", "eng/verify-a", "eng/publish"]));
        Assert.Single(VerifyTwins.Check(["eng/update-a"]));
        Assert.Single(VerifyTwins.Check(["eng/verify-a"]));
    }

    private static IEnumerable<string> Check(params ProjectFile[] projects) => ProjectGraph.Check(Table, projects).Select(finding => finding.Message);

    private static ProjectFile Project(string name, params string[] references) => ProjectFile.Parse(
        $"src/Xebec.{name}/Xebec.{name}.csproj",
        $"<Project>{string.Concat(references.Select(one => $"<ProjectReference Include='../Xebec.{one}/Xebec.{one}.csproj' />"))}</Project>");
}
