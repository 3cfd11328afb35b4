using System.Buffers;
using System.IO.Pipelines;
using Xebec.Api;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Protobuf;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Endpoints.Formats;

/// <summary>PartialObjectMetadata as protobuf, which client-go's metadata informers prefer, for custom resources too.</summary>
internal sealed class PartialProtobufFormat(string version) : ResponseFormat
{
    private static readonly StructSchema Schema = BuiltIn.Schema["meta/v1.PartialObjectMetadata"];

    /// <inheritdoc/>
    public override string ContentType => KubernetesProtobuf.MediaType;

    /// <inheritdoc/>
    public override string WatchContentType => KubernetesProtobuf.MediaType + ";stream=watch";

    /// <inheritdoc/>
    public override void WriteObject(IBufferWriter<byte> output, ServedResource resource, CachedObject item) =>
        KubernetesProtobuf.EncodeJson(Cut(item.Json), Schema, output);

    /// <inheritdoc/>
    public override ValueTask WriteListAsync(PipeWriter output, ServedResource resource, ListPage page, CancellationToken cancellationToken)
    {
        using var list = new ProtobufListWriter(Schema);
        foreach (var item in page.Items.Span)
            list.Add(Cut(item.Json));
        ProtobufFormat.Finish(list, output, $"meta.k8s.io/{version}", "PartialObjectMetadataList", page);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override void WriteEvent(IBufferWriter<byte> output, ServedResource resource, string type, CachedObject item) =>
        WriteFrame(output, type, item.Json);

    /// <inheritdoc/>
    public override void WriteBookmark(IBufferWriter<byte> output, ServedResource resource, long revision, bool initialEventsEnd) =>
        WriteFrame(output, "BOOKMARK", JsonFormat.Bookmark(resource, revision, initialEventsEnd));

    /// <inheritdoc/>
    public override void WriteError(IBufferWriter<byte> output, ReadOnlySpan<byte> statusJson) => ProtobufFormat.WriteErrorFrame(output, statusJson);

    private void WriteFrame(IBufferWriter<byte> output, string type, ReadOnlySpan<byte> json) =>
        WatchFrame.Write(output, type, ObjectDecoder.Decode(Cut(json), Schema).Object, Schema);

    private byte[] Cut(ReadOnlySpan<byte> json) => PartialMetadataFormat.Cut(json, version);
}
