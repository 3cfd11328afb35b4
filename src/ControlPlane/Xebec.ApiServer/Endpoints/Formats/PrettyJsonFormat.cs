using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Endpoints.Formats;

/// <summary>application/json indented, for people (?pretty=true). Watches stay one line an event.</summary>
internal sealed class PrettyJsonFormat : ResponseFormat
{
    private static readonly JsonFormat Plain = new();
    private static readonly JsonWriterOptions Indented = Value.WriterOptions with { Indented = true };

    /// <inheritdoc/>
    public override string ContentType => "application/json";

    /// <inheritdoc/>
    public override void WriteObject(IBufferWriter<byte> output, ServedResource resource, CachedObject item) => Write(output, item.ToTree());

    /// <inheritdoc/>
    public override ValueTask WriteListAsync(PipeWriter output, ServedResource resource, ListPage page, CancellationToken cancellationToken)
    {
        var items = new ListValue(page.Items.ToArray().Select(item => (Value)item.ToTree()));
        Write(output, ListTree(resource.Info.Kind + "List", resource.Info.GroupVersion.ToString(), page, items));
        return ValueTask.CompletedTask;
    }

    internal static ObjectValue ListTree(string kind, string apiVersion, ListPage page, ListValue items)
    {
        var metadata = new ObjectValue { { "resourceVersion", page.ResourceVersion.ToString(System.Globalization.CultureInfo.InvariantCulture) } };
        metadata["continue"] = page.Continue is { } token ? token : null;
        metadata["remainingItemCount"] = page.RemainingItemCount is { } remaining ? remaining : null;
        return new ObjectValue { { "kind", kind }, { "apiVersion", apiVersion }, { "metadata", metadata }, { "items", items } };
    }

    private static void Write(IBufferWriter<byte> output, Value tree)
    {
        using (var writer = new Utf8JsonWriter(output, Indented))
            tree.WriteTo(writer);
        output.Write("\n"u8);
    }

    /// <inheritdoc/>
    public override void WriteEvent(IBufferWriter<byte> output, ServedResource resource, string type, CachedObject item) =>
        Plain.WriteEvent(output, resource, type, item);

    /// <inheritdoc/>
    public override void WriteBookmark(IBufferWriter<byte> output, ServedResource resource, long revision, bool initialEventsEnd) =>
        Plain.WriteBookmark(output, resource, revision, initialEventsEnd);

    /// <inheritdoc/>
    public override void WriteError(IBufferWriter<byte> output, ReadOnlySpan<byte> statusJson) => Plain.WriteError(output, statusJson);
}
