using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Xebec.Client;

namespace Xebec.Kubelet.Events;

/// <summary>Records events of pods and of the node; the same one again only counts up. Never blocks and never fails its caller.</summary>
internal sealed class KubeletEvents(ApiClient client, string nodeName, TimeProvider time, ILogger logger)
{
    private const int MaximumKnown = 1024;
    private readonly Channel<Event> _queue = Channel.CreateBounded<Event>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<string, Event> _known = new(StringComparer.Ordinal);

    public void Normal(Pod pod, string reason, string message, string fieldPath = "") => Record(pod, "Normal", reason, message, fieldPath);

    public void Warning(Pod pod, string reason, string message, string fieldPath = "") => Record(pod, "Warning", reason, message, fieldPath);

    public void Node(string type, string reason, string message) => Write(
        new ObjectReference { Kind = "Node", Name = nodeName, Uid = nodeName, ApiVersion = "v1" }, "default", type, reason, message);

    public async Task RunAsync(CancellationToken cancellation)
    {
        await foreach (var e in _queue.Reader.ReadAllAsync(cancellation))
        {
            try
            {
                await SendAsync(e, cancellation);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                KubeletLog.EventFailed(logger, e.Reason, error.Message);
            }
        }
    }

    private void Record(Pod pod, string type, string reason, string message, string fieldPath)
    {
        var reference = new ObjectReference
        {
            Kind = "Pod",
            ApiVersion = "v1",
            Namespace = pod.Metadata.Namespace,
            Name = pod.Metadata.Name,
            Uid = pod.Metadata.Uid,
            ResourceVersion = pod.Metadata.ResourceVersion,
            FieldPath = fieldPath,
        };
        Write(reference, pod.Metadata.Namespace, type, reason, message);
    }

    private void Write(ObjectReference reference, string ns, string type, string reason, string message)
    {
        var now = time.GetUtcNow();
        var e = new Event
        {
            InvolvedObject = reference,
            Type = type,
            Reason = reason,
            Message = message.Length <= 1024 ? message : message[..1024],
            Source = new EventSource { Component = "kubelet", Host = nodeName },
            ReportingComponent = "kubelet",
            ReportingInstance = nodeName,
            FirstTimestamp = now,
            LastTimestamp = now,
            Count = 1,
        };
        e.Metadata.Namespace = ns;
        e.Metadata.Name = $"{reference.Name}.{now.Ticks.ToString("x", CultureInfo.InvariantCulture)}{Random.Shared.Next(0xffff).ToString("x4", CultureInfo.InvariantCulture)}";
        _queue.Writer.TryWrite(e);
    }

    private async Task SendAsync(Event e, CancellationToken cancellation)
    {
        var key = $"{e.InvolvedObject.Uid}|{e.InvolvedObject.FieldPath}|{e.Type}|{e.Reason}|{e.Message}";
        if (!_known.TryGetValue(key, out var known))
        {
            if (_known.Count >= MaximumKnown)
                _known.Clear();
            _known[key] = e;
            await client.CreateAsync(e, cancellation: cancellation);
            return;
        }

        known.Count++;
        known.LastTimestamp = e.LastTimestamp;
        var patch = new ApiMachinery.Values.ObjectValue { { "count", known.Count }, { "lastTimestamp", Time(e.LastTimestamp!.Value) } };
        try
        {
            await client.PatchAsync<Event>(known.Metadata.Namespace, known.Metadata.Name, Patch.Merge(patch), cancellation: cancellation);
        }
        catch (ApiErrorException missing) when (missing.IsNotFound)
        {
            e.Count = known.Count;
            e.FirstTimestamp = known.FirstTimestamp;
            _known[key] = e;
            await client.CreateAsync(e, cancellation: cancellation);
        }
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
