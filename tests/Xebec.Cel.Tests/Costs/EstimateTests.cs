using System.Globalization;

namespace Xebec.Cel.Tests.Costs;

/// <summary>Estimates as cel-go's and Kubernetes' documented cost model gives them.</summary>
public sealed class EstimateTests
{
    private static readonly CelObjectType All = new("All", [new("single_int32", CelType.Int), new("text", CelType.String.WithMaxSize(10))]);

    private static CelType List(CelType item, long? size = null) => CelType.List(item).WithMaxSize(size);

    private static CelType Map(CelType value, long? size = null, long? keySize = null) =>
        CelType.Map(CelType.String.WithMaxSize(keySize), value).WithMaxSize(size);

    private static string Estimate(string expression, params (string Name, CelType Type)[] variables)
    {
        var cost = new CelEnvironment([.. variables.Select(v => new CelVariable(v.Name, v.Type))]).Compile(expression).EstimateCost();
        return string.Create(CultureInfo.InvariantCulture, $"{cost.Min}-{(cost.Max == ulong.MaxValue ? "unbounded" : cost.Max)}");
    }

    [Theory]
    [InlineData("'Hello World!'", "0-0")]
    [InlineData("[1, 2, 3]", "10-10")]
    [InlineData("{'a': 1, 'b': 2, 'c': 3}", "30-30")]
    [InlineData("[1, 2, 3].all(x, true)", "20-20")]
    [InlineData("'123'.matches('[0-9]')", "2-2")]
    [InlineData("true || false", "0-0")]
    [InlineData("1 < 2", "1-1")]
    [InlineData("1 == 2", "1-1")]
    [InlineData("2 in [1, 2, 3]", "13-13")]
    [InlineData("1 + 1", "1-1")]
    [InlineData("true ? 1 : 2", "0-0")]
    [InlineData("size('123')", "1-1")]
    [InlineData("string(1)", "1-1")]
    [InlineData("[{'k1': 1}, {'k2': 2}].all(x, true)", "77-77")]
    [InlineData("[1, 2, 3].map(x, x)", "60-60")]
    [InlineData("'abc'.lowerAscii()", "1-1")]
    [InlineData("'abcdefghij'.replace('a', 'bb')", "2-2")]
    [InlineData("'abc def'.split(' ')", "2-2")]
    [InlineData("'abc'.find('[0-9]*')", "2-2")]
    [InlineData("[4, 3].isSorted()", "12-12")]
    [InlineData("quantity('10k')", "1-1")]
    [InlineData("[3, 1, 2].sort()", "39-39")]
    [InlineData("['b', 'a'].distinct()", "29-29")]
    [InlineData("[1, 2, 3].slice(0, 2)", "23-23")]
    [InlineData("lists.range(5)", "16-16")]
    [InlineData("cidr('192.168.0.0/24').containsIP(ip('192.168.0.1'))", "3-6")]
    public void Literals_and_their_functions(string expression, string expected) => Assert.Equal(expected, Estimate(expression));

    [Fact]
    public void Variables_count_what_their_types_promise()
    {
        Assert.Equal("1-1", Estimate("input", ("input", List(CelType.Int))));
        Assert.Equal("2-2", Estimate("input['key']", ("input", Map(CelType.String))));
        Assert.Equal("2-2", Estimate("input.single_int32", ("input", All)));
        Assert.Equal("1-1", Estimate("has(input.single_int32)", ("input", All)));
        Assert.Equal("2-302", Estimate("input.all(x, true)", ("input", List(All, 100))));
        Assert.Equal("2-1752", Estimate("input.all(x, x.all(y, true))", ("input", List(List(All, 10), 50))));
        Assert.Equal("3-103", Estimate("input.matches('[0-9]')", ("input", CelType.String.WithMaxSize(500))));
        Assert.Equal("1-51", Estimate("string(input)", ("input", CelType.Bytes.WithMaxSize(500))));
        Assert.Equal("1-51", Estimate("bytes(input)", ("input", CelType.String.WithMaxSize(500))));
        Assert.Equal("3-103", Estimate("input.matches('\\\\d+a\\\\d+b')", ("input", CelType.String.WithMaxSize(500))));
        Assert.Equal("2-2", Estimate("input.size()", ("input", CelType.String)));
    }

    [Fact]
    public void Two_variables_multiply()
    {
        var text = CelType.String.WithMaxSize(500);
        Assert.Equal("2-2502", Estimate("input.contains(arg1)", ("input", text), ("arg1", text)));
        Assert.Equal("2-52", Estimate("input.startsWith(arg1)", ("input", CelType.String), ("arg1", text)));
        Assert.Equal("4-64", Estimate("(list1 + list2).all(x, true)", ("list1", List(CelType.Int, 10)), ("list2", List(CelType.Int, 10))));
        Assert.Equal(
            "2-6",
            Estimate("'abcdefg'.contains(str1 + str2)", ("str1", CelType.String.WithMaxSize(10)), ("str2", CelType.String.WithMaxSize(10))));
        Assert.Equal(
            "4-7", Estimate("(x > 2 ? input1 : input2).all(y, true)", ("x", CelType.Int), ("input1", List(All, 1)), ("input2", List(All, 1))));
    }

    [Fact]
    public void Nested_maps_are_followed_by_key_and_value()
    {
        Assert.Equal("2-82", Estimate("input.all(k, input[k].single_int32 > 3)", ("input", Map(All, 10))));
        Assert.Equal("2-187", Estimate("input.all(k, input[k].all(x, true))", ("input", Map(Map(All, 10), 5))));
        Assert.Equal("2-32", Estimate("input.all(k, k.contains(k))", ("input", Map(Map(All), 5, 10))));
        Assert.Equal("2-34", Estimate("input.all(k, input[k].all(k, true) && k.contains(k))", ("input", Map(Map(All, 2), 2, 5))));
    }

    [Fact]
    public void What_has_no_bound_costs_the_most_there_is()
    {
        Assert.Equal("2-unbounded", Estimate("input.all(x, true)", ("input", List(CelType.Int))));
        Assert.Equal("3-3689348814741910529", Estimate("input.matches('[0-9]')", ("input", CelType.String)));
    }

    [Fact]
    public void A_check_of_the_authorizer_costs_a_third_of_what_a_call_may()
    {
        var program = new CelEnvironment([new("authorizer", Xebec.Cel.Libraries.LibraryTypes.Authorizer)])
            .Compile("authorizer.group('').resource('pods').check('create').allowed()");
        Assert.Equal(350_004UL, program.EstimateCost().Max);
    }
}
