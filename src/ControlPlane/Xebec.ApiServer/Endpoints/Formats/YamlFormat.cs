using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Xebec.ApiMachinery.Values;
using Xebec.ApiMachinery.Yaml;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Endpoints.Formats;

/// <summary>application/yaml of what another format writes as JSON, for people with curl. It has no watch form, as upstream.</summary>
internal sealed class YamlFormat(ResponseFormat json) : ResponseFormat
{
    /// <inheritdoc/>
    public override string ContentType => "application/yaml";

    /// <inheritdoc/>
    public override void WriteObject(IBufferWriter<byte> output, ServedResource resource, CachedObject item)
    {
        var buffer = new ArrayBufferWriter<byte>();
        json.WriteObject(buffer, resource, item);
        Write(output, buffer.WrittenSpan);
    }

    /// <inheritdoc/>
    public override async ValueTask WriteListAsync(
        PipeWriter output, ServedResource resource, ListPage page, CancellationToken cancellationToken) =>
        Write(output, (await JsonFormat.ListBytesAsync(json, resource, page)).Span);

    /// <summary>YAML of JSON.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> json) =>
        output.Write(Encoding.UTF8.GetBytes(YamlWriter.Write(Value.Parse(json))));

    /// <inheritdoc/>
    public override void WriteEvent(IBufferWriter<byte> output, ServedResource resource, string type, CachedObject item) => throw NoWatch();

    /// <inheritdoc/>
    public override void WriteBookmark(IBufferWriter<byte> output, ServedResource resource, long revision, bool initialEventsEnd) => throw NoWatch();

    /// <inheritdoc/>
    public override void WriteError(IBufferWriter<byte> output, ReadOnlySpan<byte> statusJson) => throw NoWatch();

    private static InvalidOperationException NoWatch() => new("negotiation never chooses YAML for a watch");
}
