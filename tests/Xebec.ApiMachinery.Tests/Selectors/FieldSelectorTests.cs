using Xebec.ApiMachinery.Selectors;

namespace Xebec.ApiMachinery.Tests.Selectors;

public sealed class FieldSelectorTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("spec.nodeName=n1", true)]
    [InlineData("spec.nodeName==n1,status.phase!=Failed", true)]
    [InlineData("status.phase!=Running", false)]
    [InlineData("spec.other=", true)]
    [InlineData(",", true)]
    public void Matches(string text, bool matches) => Assert.Equal(matches, FieldSelector.Parse(text).Matches(Get));

    [Fact]
    public void Escapes_go_both_ways()
    {
        var selector = FieldSelector.Parse("a=x\\,y\\=z\\\\");
        Assert.Equal("x,y=z\\", selector.ExactMatch("a"));
        Assert.Equal("a=x\\,y\\=z\\\\", selector.ToString());
    }

    [Theory]
    [InlineData("a", "invalid selector: 'a'; can't understand 'a'")]
    [InlineData("a=b=c", "invalid field selector: unescaped character in value: 61")]
    [InlineData("a=\\b", "invalid field selector: invalid escape sequence: \"\\\\b\"")]
    public void Errors(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => FieldSelector.Parse(text)).Message);

    private static string? Get(string field) => field switch { "spec.nodeName" => "n1", "status.phase" => "Running", _ => null };
}
