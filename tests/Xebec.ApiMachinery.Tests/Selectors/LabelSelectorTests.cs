using Xebec.ApiMachinery.Selectors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Tests.Selectors;

public sealed class LabelSelectorTests
{
    private static readonly ObjectValue Labels = new() { ["a"] = "b", ["n"] = "5", ["in"] = "x" };

    [Theory]
    [InlineData("", true)]
    [InlineData("a=b", true)]
    [InlineData("a==b,n=5", true)]
    [InlineData("a!=b", false)]
    [InlineData("z!=b", true)]
    [InlineData("a in (b, c)", true)]
    [InlineData("a notin (b,c)", false)]
    [InlineData("z notin (b)", true)]
    [InlineData("a", true)]
    [InlineData("!a", false)]
    [InlineData("! z", true)]
    [InlineData("n>4,n<6", true)]
    [InlineData("n>5", false)]
    [InlineData("a>1", false)]
    [InlineData("in in (x)", true)]
    [InlineData("a in (,b)", true)]
    [InlineData("z=", false)]
    public void Matches(string text, bool matches)
    {
        var selector = LabelSelector.Parse(text);
        Assert.Equal(matches, selector.Matches(Labels));
        var dictionary = Labels.ToDictionary(l => l.Key, l => l.Value.AsString()!);
        Assert.Equal(matches, selector.Matches(dictionary));
        Assert.Equal(matches, LabelSelector.Parse(selector.ToString()).Matches(Labels));
    }

    [Theory]
    [InlineData("a,", "found '', expected: identifier after ','")]
    [InlineData(",a", "found ',', expected: !, identifier, or 'end of string'")]
    [InlineData("a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt")]
    [InlineData("a in b", "unable to parse requirement: found 'b' expected: '('")]
    [InlineData("a in (b", "unable to parse requirement: found '', expected: ',' or ')'")]
    [InlineData("a=b c", "found 'c', expected: ',' or 'end of string'")]
    [InlineData("a=(b)", "unable to parse requirement: found '(', expected: identifier")]
    [InlineData("a in ()", "unable to parse requirement: values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty")]
    [InlineData("a>x", "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer")]
    public void Errors(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => LabelSelector.Parse(text)).Message);

    [Fact]
    public void A_bad_key_is_told_as_upstream_tells_it() => Assert.StartsWith(
        "unable to parse requirement: <nil>: Invalid value: \"a$\": name part must consist of",
        Assert.Throws<FormatException>(() => LabelSelector.Parse("a$=b")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_tree_is_the_same_as_its_text()
    {
        var tree = (ObjectValue)Value.Parse(
            """{"matchLabels":{"a":"b"},"matchExpressions":[{"key":"c","operator":"NotIn","values":["e","d"]},{"key":"f","operator":"Exists"}]}""");
        Assert.Equal("a=b,c notin (d,e),f", LabelSelector.FromTree(tree).ToString());
    }

    [Fact]
    public void No_selector_selects_nothing_and_an_empty_one_everything()
    {
        Assert.False(LabelSelector.FromTree(null).Matches(Labels));
        Assert.True(LabelSelector.FromTree([]).Matches(Labels));
    }

    [Fact]
    public void An_unknown_operator_is_an_error()
    {
        var tree = (ObjectValue)Value.Parse("""{"matchExpressions":[{"key":"c","operator":"Is"}]}""");
        Assert.Equal("\"Is\" is not a valid label selector operator", Assert.Throws<FormatException>(() => LabelSelector.FromTree(tree)).Message);
    }
}
