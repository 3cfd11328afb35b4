using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Printing;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Endpoints.Formats;

/// <summary>meta.k8s.io Table: the rows kubectl get prints, with each object (or its metadata, or nothing) beside its cells.</summary>
internal sealed class TableFormat(string version, string includeObject, TimeProvider time) : ResponseFormat
{
    private bool _headerSent;

    /// <inheritdoc/>
    public override string ContentType => "application/json";

    /// <inheritdoc/>
    public override void WriteObject(IBufferWriter<byte> output, ServedResource resource, CachedObject item)
    {
        using (var writer = new Utf8JsonWriter(output, Value.WriterOptions))
            WriteTable(writer, resource, new ListPage(item.Revision, new[] { item }, null, null), withColumns: true);
        output.Write("\n"u8);
    }

    /// <inheritdoc/>
    public override ValueTask WriteListAsync(PipeWriter output, ServedResource resource, ListPage page, CancellationToken cancellationToken)
    {
        using (var writer = new Utf8JsonWriter(output, Value.WriterOptions))
            WriteTable(writer, resource, page, withColumns: true);
        output.Write("\n"u8);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override void WriteEvent(IBufferWriter<byte> output, ServedResource resource, string type, CachedObject item)
    {
        using (var writer = new Utf8JsonWriter(output, Value.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, type);
            writer.WritePropertyName("object"u8);
            WriteTable(writer, resource, new ListPage(item.Revision, new[] { item }, null, null), withColumns: !_headerSent);
            writer.WriteEndObject();
        }

        _headerSent = true;
        output.Write("\n"u8);
    }

    /// <inheritdoc/>
    public override void WriteBookmark(IBufferWriter<byte> output, ServedResource resource, long revision, bool initialEventsEnd)
    {
        using (var writer = new Utf8JsonWriter(output, Value.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "BOOKMARK");
            writer.WritePropertyName("object"u8);
            WriteTable(writer, resource, new ListPage(revision, default, null, null), withColumns: false);
            writer.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <inheritdoc/>
    public override void WriteError(IBufferWriter<byte> output, ReadOnlySpan<byte> statusJson) =>
        JsonFormat.WriteFrame(output, "ERROR", statusJson);

    private void WriteTable(Utf8JsonWriter writer, ServedResource resource, ListPage page, bool withColumns)
    {
        var columns = TableColumns.For(resource);
        writer.WriteStartObject();
        writer.WriteString("kind"u8, "Table");
        writer.WriteString("apiVersion"u8, $"meta.k8s.io/{version}");
        JsonFormat.WriteListMeta(writer, page);
        writer.WriteStartArray("columnDefinitions"u8);
        foreach (var column in withColumns ? columns : [])
            WriteColumn(writer, column);
        writer.WriteEndArray();
        writer.WriteStartArray("rows"u8);
        var now = time.GetUtcNow();
        foreach (var (item, tree) in TableRows.Of(resource, page))
            WriteRow(writer, resource, columns, item, tree, now);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteColumn(Utf8JsonWriter writer, TableColumn column)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, column.Name);
        writer.WriteString("type"u8, column.Type);
        writer.WriteString("format"u8, column.Format);
        writer.WriteString("description"u8, column.Description);
        writer.WriteNumber("priority"u8, column.Priority);
        writer.WriteEndObject();
    }

    private void WriteRow(
        Utf8JsonWriter writer, ServedResource resource, IReadOnlyList<TableColumn> columns, CachedObject item, ObjectValue tree, DateTimeOffset now)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("cells"u8);
        foreach (var column in columns)
            column.Cell(tree, now).WriteTo(writer);
        writer.WriteEndArray();
        if (TableRows.Completion(resource, tree) is { } completed)
        {
            writer.WritePropertyName("conditions"u8);
            new ListValue([completed]).WriteTo(writer);
        }

        writer.WritePropertyName("object"u8);
        if (includeObject == "None")
            writer.WriteNullValue();
        else
            writer.WriteRawValue(includeObject == "Object" ? item.Json : PartialMetadataFormat.Cut(item.Json, version), skipInputValidation: true);

        writer.WriteEndObject();
    }
}
