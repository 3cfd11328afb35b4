using System.Buffers;
using CsCheck;
using Xebec.Api.Tests.Fixtures;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Protobuf;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Tests;

public sealed class CodecPropertyTests
{
    private static readonly StructSchema[] Kinds = [.. BuiltIn.Resources.Select(r => BuiltIn.KindSchema(r.GroupVersion, r.Kind))];

    private static readonly Gen<(StructSchema Schema, ObjectValue Sent)> AnyObject =
        Gen.Select(Gen.Int[0, Kinds.Length - 1], Gen.Int).Select((kind, seed) => (Kinds[kind], new RandomObjects(seed).Make(Kinds[kind])));

    [Fact]
    public void DecodingIsIdempotentAndAgreesWithNormalizing() => AnyObject.Sample(sample =>
    {
        var decoded = ObjectDecoder.Decode(sample.Sent.ToUtf8(), sample.Schema);
        Assert.Empty(decoded.StrictErrors);
        var text = decoded.Object.ToString();
        Assert.Equal(text, ObjectDecoder.Decode(decoded.Object.ToUtf8(), sample.Schema).Object.ToString());
        Assert.Equal(text, ObjectDecoder.Normalize(sample.Sent, sample.Schema).Object.ToString());
    }, iter: 1_000);

    [Fact]
    public void ProtobufKeepsEveryObject() => AnyObject.Sample(sample =>
    {
        var tree = ObjectDecoder.Decode(sample.Sent.ToUtf8(), sample.Schema).Object;
        var output = new ArrayBufferWriter<byte>();
        KubernetesProtobuf.Encode(tree, sample.Schema, output);
        var envelope = KubernetesProtobuf.ReadEnvelope(output.WrittenSpan);
        Assert.Equal(tree.ToString(), KubernetesProtobuf.Decode(envelope, sample.Schema).ToString());
    }, iter: 1_000);

    [Fact]
    public void DeepObjectsOfManyFieldsKeepEveryLevel()
    {
        var schema = BuiltIn.Schema["apiextensions/v1.JSONSchemaProps"];
        var json = """{"type":"string"}""";
        for (var i = 0; i < 100; i++)
            json = $"{{\"type\":\"object\",\"not\":{json},\"nullable\":true}}";
        var decoded = ObjectDecoder.Decode(System.Text.Encoding.UTF8.GetBytes(json), schema).Object;
        Assert.True(decoded.DeepEquals(Value.Parse(json)));
        Assert.Equal(decoded.ToString(), ObjectDecoder.Normalize(decoded, schema).Object.ToString());
        var output = new ArrayBufferWriter<byte>();
        KubernetesProtobuf.Encode(decoded, schema, output);
        var raw = KubernetesProtobuf.ReadEnvelope(output.WrittenSpan).Raw;
        Assert.Equal(decoded.ToString(), KubernetesProtobuf.DecodeMessage(raw, schema).ToString());
    }

    [Fact]
    public void MutatedJsonNeverThrowsAnythingElse() => Gen.Select(AnyObject, Mutations).Sample((sample, mutations) =>
    {
        try
        {
            ObjectDecoder.Decode(Mutate(sample.Sent.ToUtf8(), mutations), sample.Schema);
        }
        catch (DecodeException e)
        {
            Assert.NotEmpty(e.Message);
        }
    }, iter: 2_000);

    [Fact]
    public void MutatedProtobufNeverThrowsAnythingElse() => Gen.Select(AnyObject, Mutations).Sample((sample, mutations) =>
    {
        var output = new ArrayBufferWriter<byte>();
        KubernetesProtobuf.EncodeJson(sample.Sent.ToUtf8(), sample.Schema, output);
        try
        {
            var tree = KubernetesProtobuf.Decode(KubernetesProtobuf.ReadEnvelope(Mutate(output.WrittenSpan, mutations)), sample.Schema);
            _ = tree.ToString();
        }
        catch (DecodeException e)
        {
            Assert.NotEmpty(e.Message);
        }
    }, iter: 2_000);

    private static readonly Gen<(int At, byte Letter)[]> Mutations = Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte).Array[1, 5];

    private static byte[] Mutate(ReadOnlySpan<byte> bytes, (int At, byte Letter)[] mutations)
    {
        var result = bytes.ToArray();
        foreach (var (at, letter) in mutations)
            result[at % result.Length] = letter;
        return mutations[0].Letter % 4 == 0 ? result[..(mutations[0].At % result.Length)] : result;
    }
}
