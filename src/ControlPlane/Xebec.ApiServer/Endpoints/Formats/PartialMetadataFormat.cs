using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Endpoints.Formats;

/// <summary>PartialObjectMetadata: the metadata alone, cut out of the stored bytes.</summary>
internal sealed class PartialMetadataFormat(string version) : ResponseFormat
{
    private static readonly byte[] Head = HeadOf("v1");
    private static readonly byte[] BetaHead = HeadOf("v1beta1");

    /// <inheritdoc/>
    public override string ContentType => "application/json";

    /// <inheritdoc/>
    public override void WriteObject(IBufferWriter<byte> output, ServedResource resource, CachedObject item)
    {
        output.Write(Cut(item.Json, version));
        output.Write("\n"u8);
    }

    /// <inheritdoc/>
    public override async ValueTask WriteListAsync(
        PipeWriter output, ServedResource resource, ListPage page, CancellationToken cancellationToken)
    {
        output.Write(JsonFormat.ListHead("PartialObjectMetadataList", $"meta.k8s.io/{version}", page));
        for (var i = 0; i < page.Items.Length; i++)
        {
            if (i > 0)
                output.Write(","u8);
            output.Write(Cut(page.Items.Span[i].Json, version));
            if (i % 500 == 499)
                await output.FlushAsync(cancellationToken);
        }

        output.Write("]}\n"u8);
    }

    /// <inheritdoc/>
    public override void WriteEvent(IBufferWriter<byte> output, ServedResource resource, string type, CachedObject item) =>
        JsonFormat.WriteFrame(output, type, Cut(item.Json, version));

    /// <inheritdoc/>
    public override void WriteBookmark(IBufferWriter<byte> output, ServedResource resource, long revision, bool initialEventsEnd) =>
        JsonFormat.WriteFrame(output, "BOOKMARK", Cut(JsonFormat.Bookmark(resource, revision, initialEventsEnd), version));

    /// <inheritdoc/>
    public override void WriteError(IBufferWriter<byte> output, ReadOnlySpan<byte> statusJson) =>
        JsonFormat.WriteFrame(output, "ERROR", statusJson);

    private static byte[] HeadOf(string version) =>
        Encoding.UTF8.GetBytes($"{{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/{version}\",\"metadata\":");

    /// <summary>The object as PartialObjectMetadata.</summary>
    internal static byte[] Cut(ReadOnlySpan<byte> json, string version)
    {
        var head = version == "v1" ? Head : BetaHead;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Value.MaximumDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isMetadata)
                return [.. head, .. json[start..(int)reader.BytesConsumed], (byte)'}'];
        }

        return [.. head, .. "{}}"u8];
    }
}
