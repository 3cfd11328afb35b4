namespace Xebec.Cel.Tests.Conformance;

public sealed class ListFunctionTests
{
    [Theory]
    [InlineData("[1, 2, 2].isSorted()", "true")]
    [InlineData("['b', 'a'].isSorted()", "false")]
    [InlineData("[].isSorted()", "true")]
    [InlineData("[1, 3].sum()", "4")]
    [InlineData("[1.5, 1.5].sum()", "3.0")]
    [InlineData("[duration('1m'), duration('1s')].sum()", "61s")]
    [InlineData("[1, 3].max()", "3")]
    [InlineData("['a', 'c', 'b'].min()", "'a'")]
    [InlineData("[].map(x, 1).max()", "error: max called on empty list")]
    [InlineData("[1, 2, 2].indexOf(2)", "1")]
    [InlineData("[1, 2, 2].lastIndexOf(2)", "2")]
    [InlineData("[1].indexOf(5)", "-1")]
    [InlineData("[[1]].isSorted()", "refused: found no matching overload for 'isSorted' applied to 'list(list(int)).()'")]
    [InlineData("sets.contains([1, 2, 3], [2, 3])", "true")]
    [InlineData("sets.contains([1], [2])", "false")]
    [InlineData("sets.contains([], [])", "true")]
    [InlineData("sets.equivalent([1, 1], [1])", "true")]
    [InlineData("sets.equivalent([1], [1u])", "refused: found no matching overload for 'sets.equivalent' applied to '(list(int), list(uint))'")]
    [InlineData("sets.intersects([1, 2], [2, 3])", "true")]
    [InlineData("sets.intersects([1], [])", "false")]
    public void Lists_and_sets(string expression, string expected) => Assert.Equal(expected, Cel.Run(expression));
}
