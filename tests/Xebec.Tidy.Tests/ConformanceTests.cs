using Xebec.Tidy.Tests.Conformance;
using Xebec.Tidy.Tests.Sources;

namespace Xebec.Tidy.Tests;

/// <summary>Kubernetes' conformance list, and which test covers what. With XEBEC_UPDATE_CONFORMANCE=1 the generated files are written.</summary>
public sealed class ConformanceTests
{
    private const string UpdateVariable = "XEBEC_UPDATE_CONFORMANCE";

    private static readonly ConformanceList List = Read();

    [Fact]
    public void EachEntryHasATestOrAReason() => Allowed.Check(ConformanceList.Name, List.Check());

    [Fact]
    public void TheDocumentIsUpToDate()
    {
        var text = ConformanceDocument.Write(List);
        if (IsUpdate) File.WriteAllText(Repository.FullPath(ConformanceDocument.Path), text);
        Assert.True(Repository.Read(ConformanceDocument.Path) == text, $"{ConformanceDocument.Path} is out of date: run eng/update-conformance");
    }

    [Fact]
    public void TheListCanFail()
    {
        ConformanceEntry[] entries = [new("[sig-a] works", "v1.9"), new("[sig-a] runs", "v1.9"), new("[sig-b] stops", "v1.30")];
        var source = SourceFile.Parse("tests/T.cs", """class T { [Fact, Conformance("[sig-a] works")] void F() { } [Conformance("gone")] void G() { } }""");
        var tests = ConformanceTest.In(source).ToList();
        var list = new ConformanceList(entries, tests, [new("[sig-a]*", "later"), new("[sig-c]*", "never"), new("[sig-a] works", "in part: it walks")]);
        Assert.Equal(4, list.Check().Count());
        Assert.Equal(["later", "in part: it walks"], list.NeededReasons.Select(reason => reason.Text));
        Assert.Contains("| works | v1.9 | [T.F](../tests/T.cs); in part: it walks |", ConformanceDocument.Write(list));
        Assert.Contains("| all | 3 | 1 | 2 |", ConformanceDocument.Write(list));
    }

    private static bool IsUpdate => Environment.GetEnvironmentVariable(UpdateVariable) == "1";

    private static ConformanceList Read()
    {
        var entries = ConformanceEntry.Parse(Repository.Read(ConformanceList.EntriesPath));
        var tests = Repository.SourcesBelow("tests").SelectMany(ConformanceTest.In).ToList();
        var reasons = ConformanceReason.Parse(Repository.Read(ConformanceList.ReasonsPath));
        var list = new ConformanceList(entries, tests, reasons);
        if (!IsUpdate) return list;
        File.WriteAllText(Repository.FullPath(ConformanceList.ReasonsPath), string.Concat(list.NeededReasons.Select(reason => $"{reason.Pattern}\t{reason.Text}\n")));
        return new ConformanceList(entries, tests, list.NeededReasons);
    }
}
