using CsCheck;
using Xebec.ApiMachinery.Quantities;

namespace Xebec.ApiMachinery.Tests.Quantities;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("0.5", "500m")]
    [InlineData("0.5Gi", "512Mi")]
    [InlineData("1024Mi", "1Gi")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("100m", "100m")]
    [InlineData("0.1", "100m")]
    [InlineData("1000m", "1")]
    [InlineData("1e3", "1e3")]
    [InlineData("1E3", "1e3")]
    [InlineData("1000e0", "1e3")]
    [InlineData("12e6", "12e6")]
    [InlineData("123456e3", "123456e3")]
    [InlineData("0.3e3", "300")]
    [InlineData("1000k", "1M")]
    [InlineData("1000Ki", "1000Ki")]
    [InlineData("1Ei", "1Ei")]
    [InlineData("7Ei", "7Ei")]
    [InlineData("12Ei", "9223372036854775807")]
    [InlineData("10E", "9223372036854775807")]
    [InlineData("-12Ei", "-9223372036854775807")]
    [InlineData("9Ei", "9223372036854775807")]
    [InlineData("0.0001n", "1n")]
    [InlineData("1.1n", "2n")]
    [InlineData("-1.1n", "-2n")]
    [InlineData("0.5Ki", "512")]
    [InlineData("0.05Ki", "51200m")]
    [InlineData("+5", "5")]
    [InlineData("-5", "-5")]
    [InlineData(".5", "500m")]
    [InlineData("5.", "5")]
    [InlineData("05", "5")]
    [InlineData("1.0", "1")]
    [InlineData("3M", "3M")]
    [InlineData("5E", "5E")]
    [InlineData("2Ti", "2Ti")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("1234567.891", "1234567891m")]
    [InlineData("0Gi", "0")]
    public void TheCanonicalFormIsUpstreams(string text, string canonical) =>
        Assert.Equal(canonical, Quantity.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1 ")]
    [InlineData("1i")]
    [InlineData("1ki")]
    [InlineData("1K")]
    [InlineData("--1")]
    [InlineData("1.2.3")]
    [InlineData(".")]
    [InlineData("1e")]
    [InlineData("1ee3")]
    [InlineData("Gi")]
    [InlineData("1,5")]
    public void OtherTextIsAFormatException(string text) =>
        Assert.StartsWith("quantities must match the regular expression", Assert.Throws<FormatException>(() => Quantity.Parse(text)).Message);

    [Fact]
    public void TheCanonicalFormReadsBackAsTheSameAmountAndForm() =>
        Gen.Select(Gen.Long, Gen.OneOf(new[] { "n", "u", "m", "", "k", "M", "G", "Ki", "Mi", "Gi", "e3", "e-3" }.Select(w => Gen.Const(w)).ToArray())).Sample((number, suffix) =>
        {
            var quantity = Quantity.Parse($"{number}{suffix}");
            var again = Quantity.Parse(quantity.ToString());
            Assert.Equal(quantity, again);
            Assert.Equal(quantity.ToString(), again.ToString());
        });
}
