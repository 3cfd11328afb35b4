namespace Xebec.EndToEnd.Tests.Documents;

/// <summary>How examples are read and compared.</summary>
public sealed class ExampleTests
{
    [Fact]
    public void CommandsAndTheirOutputAreRead()
    {
        var text = "a\n<!-- run: one -->\n```console\n$ ls \\\n  -l\nfile\n$ true\n```\n```console\n$ not marked\n```\n";
        var example = Assert.Single(Example.Read("README.md", text));
        Assert.Equal(["ls \\\n  -l", "true"], example.Steps.Select(step => step.Command));
        Assert.Equal(["file"], example.Steps[0].Expected);
        Assert.Empty(example.Steps[1].Expected);
    }

    [Theory]
    [InlineData("NAME READY\nweb 1/1 ...", "NAME       READY\nother 1/1 1s\nweb        1/1    5s\n", true)]
    [InlineData("pod \"web-...\" deleted...", "pod \"web-abc\" deleted from default namespace", true)]
    [InlineData("b\na", "a\nb\n", false)]
    [InlineData("NAME (AGE)", "NAME (AGE)", true)]
    [InlineData("web 1/1", "web 1/1 5s", false)]
    public void OutputIsCompared(string expected, string output, bool same) =>
        Assert.Equal(same, new ExampleStep("", expected.Split('\n')).FindDifference(output) is null);
}
