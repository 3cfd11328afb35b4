using System.Buffers;
using Xebec.Api.Tests.Fixtures;
using Xebec.ApiMachinery.Protobuf;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Tests;

public sealed class FixtureProtobufTests
{
    [Fact]
    public void EveryFixtureEncodesToUpstreamsBytes() => RoundtripFixture.ForEach(fixture =>
    {
        var output = new ArrayBufferWriter<byte>();
        KubernetesProtobuf.EncodeJson(File.ReadAllBytes(fixture.JsonFile), fixture.Schema, output);
        Assert.Equal(Convert.ToHexString(fixture.ProtobufBytes), Convert.ToHexString(output.WrittenSpan));
    });

    [Fact]
    public void EveryFixtureDecodesFromProtobufToItsJson() => RoundtripFixture.ForEach(fixture =>
    {
        var envelope = KubernetesProtobuf.ReadEnvelope(fixture.ProtobufBytes);
        Assert.Equal(fixture.Json.ToString(), KubernetesProtobuf.Decode(envelope, fixture.Schema).ToString());
    });
}
