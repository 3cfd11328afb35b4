using Xebec.Tidy.Tests.Documents;
using Xebec.Tidy.Tests.Rules;
using Xebec.Tidy.Tests.Sources;

namespace Xebec.Tidy.Tests;

/// <summary>What holds between the projects.</summary>
public sealed class ProjectTests
{
    private static readonly ProjectFile[] Projects =
        [.. Repository.Matching(".csproj").Select(path => ProjectFile.Parse(path, Repository.Read(path)))];

    [Fact]
    public void ReferencesAreThoseOfTheArchitecture()
    {
        var table = ProjectGraph.Table(new MarkdownFile("ARCHITECTURE.md", Repository.Read("ARCHITECTURE.md")));
        Assert.NotEmpty(table);
        Allowed.Check(ProjectGraph.Name, ProjectGraph.Check(table, Below("src/")));
    }

    [Fact]
    public void NamespacesAreFolders() => Allowed.Check(
        NamespaceIsFolder.Name,
        from project in Projects
        from file in Repository.SourcesBelow(project.Folder)
        from finding in NamespaceIsFolder.Check(file, project)
        select finding);

    [Fact]
    public void LogEventIdsAreUnique() => Allowed.Check(
        LogEventIds.Name, Projects.SelectMany(project => LogEventIds.Check(Repository.SourcesBelow(project.Folder))));

    [Fact]
    public void EachProjectHasItsTests() => Allowed.Check(TestsMirror.Name, TestsMirror.Check(Below("src/"), Below("tests/")));

    [Fact]
    public void TheSolutionIsWhole() => Allowed.Check(
        SolutionIsWhole.Name, SolutionIsWhole.Check([.. Projects.Select(project => project.Path)], Repository.Read(SolutionIsWhole.SolutionPath)));

    [Fact]
    public void PackageVersionsArePinnedInOnePlace() => Allowed.Check(
        PackageVersions.Name,
        PackageVersions.Check(
            [.. Projects, .. Repository.Matching(".props").Where(path => path != PackageVersions.CentralPath).Select(path => ProjectFile.Parse(path, Repository.Read(path)))],
            Repository.Read(PackageVersions.CentralPath)));

    private static ProjectFile[] Below(string folder) =>
        [.. Projects.Where(project => project.Path.StartsWith(folder, StringComparison.Ordinal))];
}
