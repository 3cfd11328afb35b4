using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Endpoints.Formats;

/// <summary>application/json: stored bytes go out as they are.</summary>
internal sealed class JsonFormat : ResponseFormat
{
    private const int BufferBytes = 64 * 1024;

    /// <inheritdoc/>
    public override string ContentType => "application/json";

    /// <inheritdoc/>
    public override void WriteObject(IBufferWriter<byte> output, ServedResource resource, CachedObject item)
    {
        output.Write(item.Json);
        output.Write("\n"u8);
    }

    /// <summary>How long an object is as it is written.</summary>
    public static long LengthOf(CachedObject item) => item.Json.Length + 1;

    /// <inheritdoc/>
    public override async ValueTask WriteListAsync(
        PipeWriter output, ServedResource resource, ListPage page, CancellationToken cancellationToken)
    {
        output.Write(ListHead(resource.Info.Kind + "List", resource.Info.GroupVersion.ToString(), page));
        for (var next = 0; next < page.Items.Length;)
        {
            next = WriteItems(output, resource.TypePrefix, page.Items.Span, next);
            await output.FlushAsync(cancellationToken);
        }

        output.Write("]}\n"u8);
    }

    // As many items as one buffer holds: a buffer is one write to the TLS stream, and small writes make small records.
    private static int WriteItems(PipeWriter output, byte[] typePrefix, ReadOnlySpan<CachedObject> items, int next)
    {
        var span = output.GetSpan(Math.Max(BufferBytes, items[next].Json.Length + 2));
        var at = 0;
        for (; next < items.Length && items[next].Json.Length + 2 <= span.Length - at; next++)
            at += WriteItem(span[at..], typePrefix, items[next].Json, first: next == 0);
        output.Advance(at);
        return next;
    }

    /// <summary>A list whole, for records; answers are never built so.</summary>
    internal static async ValueTask<ReadOnlyMemory<byte>> ListBytesAsync(ResponseFormat format, ServedResource resource, ListPage page)
    {
        var bytes = new MemoryStream();
        var output = PipeWriter.Create(bytes, new StreamPipeWriterOptions(leaveOpen: true));
        await format.WriteListAsync(output, resource, page, CancellationToken.None);
        await output.CompleteAsync();
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    internal static byte[] ListHead(string kind, string apiVersion, ListPage page)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("kind"u8, kind);
            writer.WriteString("apiVersion"u8, apiVersion);
            WriteListMeta(writer, page);
        }

        return [.. buffer.WrittenSpan, .. ",\"items\":["u8];
    }

    internal static void WriteListMeta(Utf8JsonWriter writer, ListPage page)
    {
        writer.WriteStartObject("metadata"u8);
        writer.WriteString("resourceVersion"u8, page.ResourceVersion.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (page.Continue is not null)
            writer.WriteString("continue"u8, page.Continue);
        if (page.RemainingItemCount is { } remaining)
            writer.WriteNumber("remainingItemCount"u8, remaining);
        writer.WriteEndObject();
    }

    private static int WriteItem(Span<byte> span, byte[] typePrefix, ReadOnlySpan<byte> json, bool first)
    {
        var start = json.StartsWith(typePrefix) ? typePrefix.Length : 1;
        var at = 0;
        if (!first)
            span[at++] = (byte)',';
        span[at++] = (byte)'{';
        json[start..].CopyTo(span[at..]);
        return at + json.Length - start;
    }

    /// <inheritdoc/>
    public override void WriteEvent(IBufferWriter<byte> output, ServedResource resource, string type, CachedObject item) =>
        WriteFrame(output, type, item.Json);

    /// <inheritdoc/>
    public override void WriteBookmark(IBufferWriter<byte> output, ServedResource resource, long revision, bool initialEventsEnd) =>
        WriteFrame(output, "BOOKMARK", Bookmark(resource, revision, initialEventsEnd));

    /// <inheritdoc/>
    public override void WriteError(IBufferWriter<byte> output, ReadOnlySpan<byte> statusJson) => WriteFrame(output, "ERROR", statusJson);

    internal static byte[] Bookmark(ServedResource resource, long revision, bool initialEventsEnd)
    {
        var annotations = initialEventsEnd ? ",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}" : "";
        return Encoding.UTF8.GetBytes(
            $"{{\"kind\":\"{resource.Info.Kind}\",\"apiVersion\":\"{resource.Info.GroupVersion}\"," +
            $"\"metadata\":{{\"resourceVersion\":\"{revision}\"{annotations}}}}}");
    }

    internal static void WriteFrame(IBufferWriter<byte> output, string type, ReadOnlySpan<byte> json)
    {
        var length = 9 + type.Length + 11 + json.Length + 2;
        var span = output.GetSpan(length);
        "{\"type\":\""u8.CopyTo(span);
        Encoding.ASCII.GetBytes(type, span[9..]);
        var at = 9 + type.Length;
        "\",\"object\":"u8.CopyTo(span[at..]);
        at += 11;
        json.CopyTo(span[at..]);
        at += json.Length;
        "}\n"u8.CopyTo(span[at..]);
        output.Advance(length);
    }
}
