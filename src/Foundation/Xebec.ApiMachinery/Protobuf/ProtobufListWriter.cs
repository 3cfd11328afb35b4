using System.Buffers;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Protobuf;

/// <summary>
/// Writes a list from its items' stored JSON, one item in memory as a tree at a time. Protobuf puts a list's length before its items,
/// so the encoded items are kept (pooled) until <see cref="Finish"/>.
/// </summary>
/// <param name="itemSchema">The struct of the items.</param>
public sealed class ProtobufListWriter(StructSchema itemSchema) : IDisposable
{
    private const int ChunkBytes = 256 * 1024;
    private readonly BackwardBuffer _item = new();
    private readonly List<(byte[] Bytes, int Count)> _chunks = [];

    /// <summary>Adds an item given as JSON.</summary>
    /// <param name="utf8Json">The stored object.</param>
    /// <param name="resourceVersion">Spliced into its metadata, null to leave it as it is.</param>
    /// <exception cref="DecodeException">Not JSON of the schema.</exception>
    public void Add(ReadOnlySpan<byte> utf8Json, string? resourceVersion = null)
    {
        var tree = ObjectDecoder.Decode(utf8Json, itemSchema).Object;
        if (resourceVersion is not null)
            tree.GetOrAddObject("metadata")["resourceVersion"] = resourceVersion;
        Add(tree);
    }

    /// <summary>Adds an item given as a decoded tree.</summary>
    public void Add(ObjectValue item)
    {
        _item.Clear();
        KubernetesProtobuf.PutMessage(_item, item, itemSchema);
        _item.Header(2, 0);
        Append(_item.Written);
    }

    /// <summary>Writes the list with its envelope.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="apiVersion">Of the list, for example apps/v1.</param>
    /// <param name="kind">Of the list, for example DeploymentList.</param>
    /// <param name="metadata">The ListMeta tree.</param>
    /// <param name="metadataSchema">The struct of <paramref name="metadata"/> (meta/v1.ListMeta).</param>
    public void Finish(IBufferWriter<byte> output, string apiVersion, string kind, ObjectValue metadata, StructSchema metadataSchema)
    {
        _item.Clear();
        KubernetesProtobuf.PutMessage(_item, metadata, metadataSchema);
        _item.Header(1, 0);
        var itemBytes = _chunks.Sum(c => (long)c.Count);
        KubernetesProtobuf.PutEnvelopeStart(_item, itemBytes, (apiVersion, kind));
        output.Write(_item.Written);
        foreach (var (bytes, count) in _chunks)
            output.Write(bytes.AsSpan(0, count));
        _item.Clear();
        KubernetesProtobuf.PutEnvelopeEnd(_item);
        output.Write(_item.Written);
    }

    /// <summary>Returns the buffers.</summary>
    public void Dispose()
    {
        _item.Dispose();
        foreach (var (bytes, _) in _chunks)
            ArrayPool<byte>.Shared.Return(bytes);
        _chunks.Clear();
    }

    private void Append(ReadOnlySpan<byte> encoded)
    {
        if (_chunks.Count == 0 || _chunks[^1].Bytes.Length - _chunks[^1].Count < encoded.Length)
            _chunks.Add((ArrayPool<byte>.Shared.Rent(Math.Max(ChunkBytes, encoded.Length)), 0));
        var (bytes, count) = _chunks[^1];
        encoded.CopyTo(bytes.AsSpan(count));
        _chunks[^1] = (bytes, count + encoded.Length);
    }
}
