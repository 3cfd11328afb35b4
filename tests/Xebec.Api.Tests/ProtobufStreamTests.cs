using System.Buffers;
using System.Text;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Protobuf;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Tests;

public sealed class ProtobufStreamTests
{
    private static readonly StructSchema ConfigMap = BuiltIn.Schema["core/v1.ConfigMap"];
    private static readonly StructSchema ConfigMapList = BuiltIn.Schema["core/v1.ConfigMapList"];

    [Fact]
    public void AListWrittenItemByItemEqualsTheListWrittenAsATree()
    {
        var tree = ListOf(3_000);
        var whole = new ArrayBufferWriter<byte>();
        KubernetesProtobuf.Encode(tree, ConfigMapList, whole);

        var streamed = new ArrayBufferWriter<byte>();
        using var writer = new ProtobufListWriter(ConfigMap);
        foreach (var item in tree.GetList("items")!)
            writer.Add(item.ToUtf8());
        writer.Finish(streamed, "v1", "ConfigMapList", tree.GetObject("metadata")!, BuiltIn.Schema["meta/v1.ListMeta"]);

        Assert.True(whole.WrittenSpan.SequenceEqual(streamed.WrittenSpan));
        var decoded = KubernetesProtobuf.Decode(KubernetesProtobuf.ReadEnvelope(streamed.WrittenSpan), ConfigMapList);
        Assert.Equal(3_000, decoded.GetList("items")!.Count);
    }

    [Fact]
    public void TheResourceVersionIsSplicedIntoAnItem()
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new ProtobufListWriter(ConfigMap);
        writer.Add("""{"metadata":{"name":"a"}}"""u8, "42");
        writer.Finish(output, "v1", "ConfigMapList", [], BuiltIn.Schema["meta/v1.ListMeta"]);
        var decoded = KubernetesProtobuf.Decode(KubernetesProtobuf.ReadEnvelope(output.WrittenSpan), ConfigMapList);
        Assert.Equal("""{"kind":"ConfigMapList","apiVersion":"v1","metadata":{},"items":[{"metadata":{"name":"a","resourceVersion":"42"}}]}""", decoded.ToString());
    }

    [Fact]
    public void WatchFramesReadBackOneByOneAndOnlyWhenWhole()
    {
        var output = new ArrayBufferWriter<byte>();
        var tree = ObjectDecoder.Decode("""{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a"},"data":{"k":"v"}}"""u8, ConfigMap).Object;
        WatchFrame.Write(output, "ADDED", tree, ConfigMap);
        WatchFrame.Write(output, "DELETED", tree, ConfigMap);

        var stream = output.WrittenSpan;
        Assert.False(WatchFrame.TryRead(stream[..20], out _, out _, out _));
        foreach (var expected in new[] { "ADDED", "DELETED" })
        {
            Assert.True(WatchFrame.TryRead(stream, out var type, out var raw, out var consumed));
            Assert.Equal(expected, type);
            Assert.Equal(tree.ToString(), KubernetesProtobuf.Decode(KubernetesProtobuf.ReadEnvelope(raw), ConfigMap).ToString());
            stream = stream[consumed..];
        }

        Assert.True(stream.IsEmpty);
    }

    [Fact]
    public void VerbsOfDiscoveryAreAMessageOfTheirOwnOnTheWire()
    {
        var schema = BuiltIn.Schema["meta/v1.APIResource"];
        var tree = ObjectDecoder.Decode("""{"name":"pods","singularName":"","namespaced":true,"kind":"Pod","verbs":["get","list"]}"""u8, schema).Object;
        var output = new ArrayBufferWriter<byte>();
        KubernetesProtobuf.Encode(tree, schema, output);
        Assert.Contains("220B0A036765740A046C697374", Convert.ToHexString(output.WrittenSpan), StringComparison.Ordinal);
        Assert.Equal(tree.ToString(), KubernetesProtobuf.Decode(KubernetesProtobuf.ReadEnvelope(output.WrittenSpan), schema).ToString());
    }

    private static ObjectValue ListOf(int count)
    {
        var items = new StringBuilder();
        for (var i = 0; i < count; i++)
            items.Append(i == 0 ? "" : ",").Append("{\"metadata\":{\"name\":\"n" + i + "\"},\"data\":{\"k\":\"" + new string('x', i % 300) + "\"}}");
        var json = "{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"7\"},\"items\":[" + items + "]}";
        return ObjectDecoder.Decode(Encoding.UTF8.GetBytes(json), ConfigMapList).Object;
    }
}
