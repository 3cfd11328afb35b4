using Xebec.Tidy.Tests.Documents;
using Xebec.Tidy.Tests.Rules;

namespace Xebec.Tidy.Tests;

/// <summary>What holds for the documents.</summary>
public sealed class DocumentTests
{
    private static readonly MarkdownFile[] All =
        [.. Repository.Matching(".md").Select(path => new MarkdownFile(path, Repository.Read(path)))];

    private static readonly MarkdownFile[] Records =
        [.. All.Where(file => file.Path.StartsWith(DecisionRecords.Folder, StringComparison.Ordinal) && file.Path != DecisionRecords.IndexPath)];

    [Fact]
    public void LinksLeadSomewhere() => Allowed.Check(LinksResolve.Name, All.SelectMany(file => LinksResolve.Check(file, Find)));

    [Fact]
    public void NamedPathsExist() => Allowed.Check(
        Rules.NamedPathsExist.Name, All.SelectMany(file => Rules.NamedPathsExist.Check(file, Repository.Exists)));

    [Fact]
    public void DecisionRecordsAreWhole() => Allowed.Check(
        DecisionRecords.Name,
        Records.SelectMany(DecisionRecords.Check).Concat(DecisionRecords.CheckIndex(
            [.. Records.Select(file => file.Path)], All.Single(file => file.Path == DecisionRecords.IndexPath))));

    [Fact]
    public void ReadmeExamplesAreRun() => Allowed.Check(
        ExamplesAreRun.Name, ExamplesAreRun.Check([.. All.Where(file => Path.GetFileName(file.Path) == "README.md")]));

    [Fact]
    public void FiguresAreThoseThatWereMeasured() => Allowed.Check(FiguresAreCopies.Name, All.SelectMany(
        file => FiguresAreCopies.Check(file, path => Repository.Exists(path) ? Repository.Read(path) : null)));

    [Fact]
    public void GeneratedFilesCanBeVerified() => Allowed.Check(VerifyTwins.Name, VerifyTwins.Check(Repository.Files.ToList()));

    /// <summary>The boxes of the diagram that everybody knows; the map must lead from each to a file.</summary>
    [Theory]
    [InlineData("API Server"), InlineData("Scheduler"), InlineData("etcd (Database)"), InlineData("Resource Manager"), InlineData("Kubelet"),
     InlineData("Kube-Proxy"), InlineData("Pods"), InlineData("Volumes"), InlineData("Service"), InlineData("Namespace"), InlineData("ReplicaSet"),
     InlineData("Manifest (YAML)"), InlineData("Worker node"), InlineData("Container runtime"), InlineData("kubectl")]
    public void TheMapHasEveryBoxOfTheDiagram(string box)
    {
        var row = All.Single(file => file.Path == "ARCHITECTURE.md").Table("box").SingleOrDefault(row => row[0] == box);
        Assert.True(row is { Length: 3 } && row[1].Contains('/') && row[2].Contains('/'), $"ARCHITECTURE.md has no row for {box} with folder and file");
    }

    private static MarkdownFile? Find(string path) =>
        All.FirstOrDefault(file => file.Path == path) ?? (Repository.Exists(path) ? new MarkdownFile(path, "") : null);
}
