using Xebec.Api.Tests.Fixtures;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Tests;

public sealed class FixtureJsonTests
{
    [Fact]
    public void DecodingWritesEveryFixtureByteForByteAsUpstreamDid() => RoundtripFixture.ForEach(fixture =>
    {
        var decoded = ObjectDecoder.Decode(File.ReadAllBytes(fixture.JsonFile), fixture.Schema);
        Assert.Empty(decoded.StrictErrors);
        Assert.Equal(fixture.Json.ToString(), decoded.Object.ToString());
    });

    [Fact]
    public void NormalizingADecodedTreeChangesNothing() => RoundtripFixture.ForEach(fixture =>
    {
        var normalized = ObjectDecoder.Normalize((ObjectValue)fixture.Json, fixture.Schema);
        Assert.Empty(normalized.StrictErrors);
        Assert.Equal(fixture.Json.ToString(), normalized.Object.ToString());
    });
}
