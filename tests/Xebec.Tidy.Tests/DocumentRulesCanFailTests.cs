using Xebec.Tidy.Tests.Documents;
using Xebec.Tidy.Tests.Rules;

namespace Xebec.Tidy.Tests;

/// <summary>Each rule about documents, and the list of what is allowed, on samples that keep and break it.</summary>
public sealed class DocumentRulesCanFailTests
{
    private static readonly MarkdownFile Other = new("docs/b.md", "# A heading, with `code`\n");

    [Theory]
    [InlineData("[a](docs/b.md)", 0)]
    [InlineData("[a](docs/b.md#a-heading-with-code)", 0)]
    [InlineData("[a](https://example.com/x)", 0)]
    [InlineData("```\n[a](gone.md)\n```", 0)]
    [InlineData("[a](gone.md)", 1)]
    [InlineData("[a](docs/b.md#gone)", 1)]
    [InlineData("[a](#gone)", 1)]
    public void LinksLeadSomewhere(string text, int findings)
    {
        var file = new MarkdownFile("a.md", text);
        Assert.Equal(findings, LinksResolve.Check(file, path => path == Other.Path ? Other : path == file.Path ? file : null).Count());
    }

    [Theory]
    [InlineData("`src/A.cs`", 0)]
    [InlineData("`src/GROUP/{a,b}.cs`", 0)]
    [InlineData("`src/B.cs`", 1)]
    [InlineData("`docs/gone/`", 1)]
    public void NamedPathsAreLookedUp(string text, int findings) =>
        Assert.Equal(findings, NamedPathsExist.Check(new MarkdownFile("a.md", text), path => path == "src/A.cs").Count());

    [Theory]
    [InlineData("docs/adr/0007-x.md", "# 7. X\n## Context\n## Decision\n## Consequences\n", 0)]
    [InlineData("docs/adr/0007-x.md", "# 0007: X\n**Context.** a\n**Decision.** b\n**Consequences.** c\n", 0)]
    [InlineData("docs/adr/0007-x.md", "# 0008: X\n**Context.** a\n**Decision.** b\n**Consequences.** c\n", 1)]
    [InlineData("docs/adr/0007-x.md", "# 0007: X\n**Context.** a\n**Decision.** b\n", 1)]
    [InlineData("docs/adr/x.md", "# 0007: X\n**Context.** a\n**Decision.** b\n**Consequences.** c\n", 1)]
    public void DecisionRecordsAreRead(string path, string text, int findings) =>
        Assert.Equal(findings, DecisionRecords.Check(new MarkdownFile(path, text)).Count());

    [Fact]
    public void DecisionRecordsAreShortAndListed()
    {
        var whole = "# 1. X\n## Context\n## Decision\n## Consequences\n";
        Assert.Single(DecisionRecords.Check(new MarkdownFile("docs/adr/0001-x.md", whole + string.Concat(Enumerable.Repeat("a\n", 60)))));
        var index = new MarkdownFile(DecisionRecords.IndexPath, "[1](0001-x.md)");
        Assert.Empty(DecisionRecords.CheckIndex(["docs/adr/0001-x.md"], index));
        Assert.Single(DecisionRecords.CheckIndex(["docs/adr/0001-x.md", "docs/adr/0002-y.md"], index));
        Assert.Equal(2, DecisionRecords.CheckIndex(["docs/adr/0001-x.md", "docs/adr/0001-y.md"], index).Count());
    }

    [Theory]
    [InlineData("<!-- run: one -->\n```console\n$ ls\nout\n```", 0)]
    [InlineData("```yaml\na: 1\n```", 0)]
    [InlineData("```console\n$ ls\n```", 1)]
    [InlineData("<!-- run: one -->\n```sh\nls\n```", 1)]
    [InlineData("<!-- run: one -->\n```console\nls\n```", 1)]
    [InlineData("<!-- run: one -->\n```console\n$ ls\n```\n<!-- run: one -->\n```console\n$ ls\n```", 1)]
    public void ExamplesHaveMarkers(string text, int findings) =>
        Assert.Equal(findings, ExamplesAreRun.Check([new MarkdownFile("README.md", text)]).Count());

    [Theory]
    [InlineData("| a |\n|---|\n| 1 |\n", 0)]
    [InlineData("| a |\n|---|\n| 2 |\n", 1)]
    [InlineData(null, 1)]
    public void FiguresAreCompared(string? results, int findings)
    {
        var file = new MarkdownFile("README.md", "<!-- figures: r.md -->\n\n| a |\n|---|\n| 1 |\n\n<!-- /figures -->\n");
        Assert.Equal(findings, FiguresAreCopies.Check(file, _ => results is null ? null : "# Results\n\n" + results).Count());
    }

    [Fact]
    public void WhatIsAllowedOnlyShrinks()
    {
        const string List = "# comment\nr a.cs - 5\nother a.cs - 1\n";
        Assert.Empty(Allowed.Compare("r", [Size(5)], List));
        Assert.Contains("too long", Assert.Single(Allowed.Compare("r", [Size(6)], List)));
        Assert.Contains("now it is 4", Assert.Single(Allowed.Compare("r", [Size(4)], List)));
        Assert.Contains("not needed", Assert.Single(Allowed.Compare("r", [], List)));
        Assert.Contains("too long", Assert.Single(Allowed.Compare("r", [Size(1)], "# comment\n")));
        Assert.Equal(List, Allowed.Shrink("r", [Size(6)], List));
        Assert.Equal("# comment\nr a.cs - 4\nother a.cs - 1\n", Allowed.Shrink("r", [Size(4)], List));
        Assert.Equal("# comment\nother a.cs - 1\n", Allowed.Shrink("r", [], List));
    }

    private static Finding Size(int size) => new("r", "a.cs", "-", size, "too long");
}
