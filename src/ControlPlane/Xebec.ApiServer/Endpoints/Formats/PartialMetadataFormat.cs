using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Endpoints.Formats;

/// <summary>PartialObjectMetadata: the metadata alone, cut out of the stored bytes.</summary>
internal sealed class PartialMetadataFormat : ResponseFormat
{
    private static readonly byte[] Head = "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":"u8.ToArray();

    /// <inheritdoc/>
    public override string ContentType => "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

    /// <inheritdoc/>
    public override void WriteObject(IBufferWriter<byte> output, ServedResource resource, CachedObject item) => output.Write(Cut(item.Json));

    /// <inheritdoc/>
    public override async ValueTask WriteListAsync(
        PipeWriter output, ServedResource resource, ListPage page, CancellationToken cancellationToken)
    {
        output.Write(JsonFormat.ListHead("PartialObjectMetadataList", "meta.k8s.io/v1", page));
        for (var i = 0; i < page.Items.Length; i++)
        {
            if (i > 0)
                output.Write(","u8);
            output.Write(Cut(page.Items.Span[i].Json));
            if (i % 500 == 499)
                await output.FlushAsync(cancellationToken);
        }

        output.Write("]}\n"u8);
    }

    /// <inheritdoc/>
    public override void WriteEvent(IBufferWriter<byte> output, ServedResource resource, string type, CachedObject item) =>
        JsonFormat.WriteFrame(output, type, Cut(item.Json));

    /// <inheritdoc/>
    public override void WriteBookmark(IBufferWriter<byte> output, ServedResource resource, long revision, bool initialEventsEnd) =>
        JsonFormat.WriteFrame(output, "BOOKMARK", Cut(JsonFormat.Bookmark(resource, revision, initialEventsEnd)));

    /// <inheritdoc/>
    public override void WriteError(IBufferWriter<byte> output, ReadOnlySpan<byte> statusJson) =>
        JsonFormat.WriteFrame(output, "ERROR", statusJson);

    /// <summary>The object as PartialObjectMetadata.</summary>
    internal static byte[] Cut(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Value.MaximumDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isMetadata)
                return [.. Head, .. json[start..(int)reader.BytesConsumed], (byte)'}'];
        }

        return [.. Head, .. "{}}"u8];
    }
}
