namespace Xebec.Cel.Tests;

/// <summary>Mistakes as users see them: every one with its place, in upstream's form.</summary>
public sealed class ErrorTextTests
{
    private static string Refusal(string expression, params CelVariable[] variables) =>
        Assert.Throws<CelCompileException>(() => new CelEnvironment(variables).Compile(expression)).Message;

    [Fact]
    public void An_unknown_name_is_shown_in_its_line() => Assert.Equal(
        "ERROR: <input>:1:5: undeclared reference to 'x' (in container '')\n | 1 + x\n | ....^",
        Refusal("1 + x"));

    [Fact]
    public void Several_mistakes_are_listed_in_order() => Assert.Equal(
        "ERROR: <input>:1:1: undeclared reference to 'a' (in container '')\n | a == b\n | ^\n"
        + "ERROR: <input>:1:6: undeclared reference to 'b' (in container '')\n | a == b\n | .....^",
        Refusal("a == b"));

    [Fact]
    public void The_second_line_is_shown_when_the_mistake_is_there() => Assert.Equal(
        "ERROR: <input>:2:3: found no matching overload for '_+_' applied to '(int, string)'\n | 2 + 'a'\n | ..^",
        Refusal("1 ==\n2 + 'a'"));

    [Fact]
    public void Wide_characters_move_the_mark_by_one() => Assert.Equal(
        "ERROR: <input>:1:7: undeclared reference to 'x' (in container '')\n | '\u00fc' + x\n | .．....^",
        Refusal("'\u00fc' + x"));

    [Fact]
    public void A_field_that_is_not_declared_is_undefined()
    {
        var self = new CelObjectType("Self", [new("replicas", CelType.Int)]);
        Assert.Equal(
            "ERROR: <input>:1:5: undefined field 'replica'\n | self.replica > 0\n | ....^", Refusal("self.replica > 0", new CelVariable("self", self)));
        Assert.Equal(
            "ERROR: <input>:1:14: type 'int' does not support field selection\n | self.replicas.x\n | .............^",
            Refusal("self.replicas.x", new CelVariable("self", self)));
    }

    [Theory]
    [InlineData("1 +", "Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}")]
    [InlineData("1 2", "Syntax error: extraneous input '2' expecting <EOF>")]
    [InlineData("(1", "Syntax error: mismatched input '<EOF>' expecting ')'")]
    [InlineData("'abc", "Syntax error: token recognition error at: ''abc'")]
    [InlineData("a ~ b", "Syntax error: token recognition error at: '~'")]
    [InlineData("self.1", "Syntax error: extraneous input '.1' expecting <EOF>")]
    [InlineData("while", "reserved identifier: while | undeclared reference to 'while' (in container '')")]
    public void What_does_not_parse_names_the_token(string expression, string expected) => Assert.StartsWith(
        expected.Split(" | ")[0],
        Assert.Throws<CelCompileException>(() => new CelEnvironment([]).Compile(expression)).Issues[0].Message);

    [Fact]
    public void Expressions_are_bounded_in_length_and_depth()
    {
        Assert.Contains("expression code point size exceeds limit: size: 100001, limit 100000", Refusal(new string(' ', 100_001)));
        Assert.Equal(
            "ERROR: <input>:-1:0: expression recursion limit exceeded: 250", Refusal(new string('(', 300) + "1" + new string(')', 300)));
        Assert.Contains("recursion limit", Refusal(string.Join(" + ", Enumerable.Repeat("1", 300))));
        Assert.Contains("recursion limit", Refusal("dyn(1)" + string.Concat(Enumerable.Repeat(".a", 300))));
        var chain = string.Join(" || ", Enumerable.Repeat("false", 5000));
        Assert.Equal("false", Cel.Run(chain));
    }

    [Fact]
    public void Functions_come_with_the_version_that_has_them()
    {
        new CelEnvironment([], 33).Compile("semver('1.0.0')");
        Assert.Throws<CelCompileException>(() => new CelEnvironment([], 32).Compile("semver('1.0.0')"));
        Assert.Throws<CelCompileException>(() => new CelEnvironment([]).Compile("cel.bind(x, 1, x)"));
        Assert.Throws<CelCompileException>(() => new CelEnvironment([]).Compile("jsonpatch.escapeKey('a')"));
    }
}
