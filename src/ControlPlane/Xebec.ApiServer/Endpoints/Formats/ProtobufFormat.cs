using System.Buffers;
using System.IO.Pipelines;
using Xebec.Api;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Protobuf;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Endpoints.Formats;

/// <summary>application/vnd.kubernetes.protobuf, which client-go's typed clients and controllers prefer.</summary>
internal sealed class ProtobufFormat : ResponseFormat
{
    private static readonly StructSchema ListMeta = BuiltIn.Schema["meta/v1.ListMeta"];
    private static readonly StructSchema Status = BuiltIn.Schema["meta/v1.Status"];

    /// <inheritdoc/>
    public override string ContentType => KubernetesProtobuf.MediaType;

    /// <inheritdoc/>
    public override string WatchContentType => KubernetesProtobuf.MediaType + ";stream=watch";

    /// <inheritdoc/>
    public override void WriteObject(IBufferWriter<byte> output, ServedResource resource, CachedObject item) =>
        KubernetesProtobuf.EncodeJson(item.Json, resource.Schema, output);

    /// <inheritdoc/>
    public override ValueTask WriteListAsync(PipeWriter output, ServedResource resource, ListPage page, CancellationToken cancellationToken)
    {
        using var list = new ProtobufListWriter(resource.Schema);
        foreach (var item in page.Items.Span)
            list.Add(item.Json);
        Finish(list, output, resource.Info.GroupVersion.ToString(), resource.Info.Kind + "List", page);
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends a list of whose items all have been added.</summary>
    internal static void Finish(ProtobufListWriter list, IBufferWriter<byte> output, string apiVersion, string kind, ListPage page)
    {
        var metadata = PrettyJsonFormat.ListTree("", "", page, []).GetObject("metadata")!;
        list.Finish(output, apiVersion, kind, ObjectDecoder.Normalize(metadata, ListMeta).Object, ListMeta);
    }

    /// <inheritdoc/>
    public override void WriteEvent(IBufferWriter<byte> output, ServedResource resource, string type, CachedObject item) =>
        WatchFrame.Write(output, type, item.ToTree(), resource.Schema);

    /// <inheritdoc/>
    public override void WriteBookmark(IBufferWriter<byte> output, ServedResource resource, long revision, bool initialEventsEnd)
    {
        var bookmark = (ObjectValue)Value.Parse(JsonFormat.Bookmark(resource, revision, initialEventsEnd));
        WatchFrame.Write(output, "BOOKMARK", ObjectDecoder.Normalize(bookmark, resource.Schema).Object, resource.Schema);
    }

    /// <inheritdoc/>
    public override void WriteError(IBufferWriter<byte> output, ReadOnlySpan<byte> statusJson) => WriteErrorFrame(output, statusJson);

    /// <summary>An ERROR frame.</summary>
    internal static void WriteErrorFrame(IBufferWriter<byte> output, ReadOnlySpan<byte> statusJson) =>
        WatchFrame.Write(output, "ERROR", ObjectDecoder.Decode(statusJson, Status).Object, Status);

    /// <summary>A Status, for errors to clients that asked for protobuf.</summary>
    public static byte[] EncodeStatus(ReadOnlySpan<byte> statusJson)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        KubernetesProtobuf.EncodeJson(statusJson, Status, buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
