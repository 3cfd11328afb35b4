using CsCheck;
using Xebec.ApiMachinery.Quantities;

namespace Xebec.ApiMachinery.Tests.Quantities;

public sealed class GoDurationTests
{
    [Theory]
    [InlineData("0", "0s")]
    [InlineData("1h30m", "1h30m0s")]
    [InlineData("90m", "1h30m0s")]
    [InlineData("1.5s", "1.5s")]
    [InlineData("100ms", "100ms")]
    [InlineData("1500ms", "1.5s")]
    [InlineData("1us", "1µs")]
    [InlineData("1.5µs", "1.5µs")]
    [InlineData("10ns", "10ns")]
    [InlineData("-2m", "-2m0s")]
    [InlineData("+5s", "5s")]
    [InlineData("60s", "1m0s")]
    [InlineData("1h15m30.918273645s", "1h15m30.918273645s")]
    [InlineData("24h", "24h0m0s")]
    [InlineData("2562047h47m16.854775807s", "2562047h47m16.854775807s")]
    public void IsWrittenAsGoWritesIt(string text, string canonical)
    {
        Assert.True(GoDuration.TryParse(text, out var nanoseconds));
        Assert.Equal(canonical, GoDuration.Format(nanoseconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("1d")]
    [InlineData("1h ")]
    [InlineData("-")]
    [InlineData(".s")]
    [InlineData("2562048h")]
    [InlineData("99999999999999999999999999999999999s")]
    public void OtherTextIsRefused(string text) => Assert.False(GoDuration.TryParse(text, out _));

    [Fact]
    public void EveryDurationReadsBack() => Gen.Long.Sample(nanoseconds =>
    {
        Assert.True(GoDuration.TryParse(GoDuration.Format(nanoseconds), out var again));
        Assert.Equal(nanoseconds, again);
    });
}
