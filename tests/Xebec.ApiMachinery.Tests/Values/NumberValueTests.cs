using CsCheck;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Tests.Values;

public sealed class NumberValueTests
{
    [Theory]
    [InlineData("0.1", "0.1")]
    [InlineData("0.30000000000000004", "0.30000000000000004")]
    [InlineData("1.0", "1")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("1e3", "1000")]
    [InlineData("1e20", "100000000000000000000")]
    [InlineData("1.5e20", "150000000000000000000")]
    [InlineData("1e21", "1e+21")]
    [InlineData("1.25e21", "1.25e+21")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("-1.5e-9", "-1.5e-9")]
    [InlineData("123456789012345678", "123456789012345678")]
    [InlineData("9223372036854775808", "9223372036854776000")]
    [InlineData("1234567890123456.5", "1234567890123456.5")]
    public void IsWrittenAsGoWritesIt(string json, string written) => Assert.Equal(written, Value.Parse(json).ToString());

    [Fact]
    public void EveryFiniteNumberReadsBack() => Gen.Double.Where(double.IsFinite).Sample(real =>
        Assert.Equal(real, ((NumberValue)Value.Parse(new NumberValue(real).ToString())).Real));
}
