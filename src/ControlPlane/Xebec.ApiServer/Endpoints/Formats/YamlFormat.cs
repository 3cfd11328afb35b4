using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Xebec.ApiMachinery.Values;
using Xebec.ApiMachinery.Yaml;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Endpoints.Formats;

/// <summary>application/yaml, for people with curl. It has no watch form, as upstream.</summary>
internal sealed class YamlFormat : ResponseFormat
{
    /// <inheritdoc/>
    public override string ContentType => "application/yaml";

    /// <inheritdoc/>
    public override void WriteObject(IBufferWriter<byte> output, ServedResource resource, CachedObject item) => Write(output, item.ToTree());

    /// <inheritdoc/>
    public override ValueTask WriteListAsync(PipeWriter output, ServedResource resource, ListPage page, CancellationToken cancellationToken)
    {
        var items = new ListValue(page.Items.ToArray().Select(item => (Value)item.ToTree()));
        Write(output, PrettyJsonFormat.ListTree(resource.Info.Kind + "List", resource.Info.GroupVersion.ToString(), page, items));
        return ValueTask.CompletedTask;
    }

    private static void Write(IBufferWriter<byte> output, Value tree) => output.Write(Encoding.UTF8.GetBytes(YamlWriter.Write(tree)));

    /// <inheritdoc/>
    public override void WriteEvent(IBufferWriter<byte> output, ServedResource resource, string type, CachedObject item) => throw NoWatch();

    /// <inheritdoc/>
    public override void WriteBookmark(IBufferWriter<byte> output, ServedResource resource, long revision, bool initialEventsEnd) => throw NoWatch();

    /// <inheritdoc/>
    public override void WriteError(IBufferWriter<byte> output, ReadOnlySpan<byte> statusJson) => throw NoWatch();

    private static InvalidOperationException NoWatch() => new("negotiation never chooses YAML for a watch");
}
