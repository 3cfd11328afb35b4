using Xebec.Api.Tests.Fixtures;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Tests;

public sealed class FixtureJsonTests
{
    [Fact]
    public void DecodingWritesEveryFixtureByteForByteAsUpstreamDid() => ForEach(fixture =>
    {
        var decoded = ObjectDecoder.Decode(File.ReadAllBytes(fixture.JsonFile), fixture.Schema);
        Assert.Empty(decoded.StrictErrors);
        Assert.Equal(fixture.Json.ToString(), decoded.Object.ToString());
    });

    [Fact]
    public void NormalizingADecodedTreeChangesNothing() => ForEach(fixture =>
    {
        var normalized = ObjectDecoder.Normalize((ObjectValue)fixture.Json, fixture.Schema);
        Assert.Empty(normalized.StrictErrors);
        Assert.Equal(fixture.Json.ToString(), normalized.Object.ToString());
    });

    private static void ForEach(Action<RoundtripFixture> check)
    {
        var failures = new List<string>();
        foreach (var fixture in RoundtripFixture.All())
        {
            try
            {
                check(fixture);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                failures.Add($"{fixture.Name}: {e.Message}");
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }
}
