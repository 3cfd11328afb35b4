using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Xebec.Kubelet.Cri.Mapping;
using Xebec.Kubelet.Cri.Wire.Events;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri;

public sealed partial class CriContainerRuntime
{
    private const string PodsNamespace = "k8s.io";
    private const string MarkerTopic = "/xebec/subscribed";

    private static readonly TimeSpan s_markerPeriod = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_firstReconnectDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_maxReconnectDelay = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async IAsyncEnumerable<RuntimeEvent> WatchEventsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var delay = s_firstReconnectDelay; ;)
        {
            using var call = _events.Subscribe(NewSubscription(), cancellationToken: cancellationToken);
            if (await FirstAsync(call.ResponseStream, cancellationToken))
            {
                delay = s_firstReconnectDelay;
                yield return new RuntimeEvent(RuntimeEventType.Resync, "", _timeProvider.GetUtcNow());
                do
                {
                    if (EventMapping.FromWire(call.ResponseStream.Current) is { } happened)
                        yield return happened;
                }
                while (await NextAsync(call.ResponseStream, cancellationToken));
            }
            await Task.Delay(delay, _timeProvider, cancellationToken);
            delay = delay * 2 < s_maxReconnectDelay ? delay * 2 : s_maxReconnectDelay;
        }
    }

    private static SubscribeRequest NewSubscription()
    {
        var request = new SubscribeRequest { Filters = { $"topic==\"{MarkerTopic}\"" } };
        foreach (var topic in EventMapping.Topics)
            request.Filters.Add($"namespace==\"{PodsNamespace}\",topic==\"{topic}\"");
        return request;
    }

    /// <summary>
    /// Publishes a marker until something comes back: containerd answers a subscription nothing before its first event, and a list
    /// made before the subscription is in force could miss what happens in between.
    /// </summary>
    private async Task<bool> FirstAsync(IAsyncStreamReader<Envelope> stream, CancellationToken cancellationToken)
    {
        var first = NextAsync(stream, cancellationToken);
        while (!first.IsCompleted)
        {
            await PublishMarkerAsync(cancellationToken);
            await Task.WhenAny(first, Task.Delay(s_markerPeriod, _timeProvider, cancellationToken));
        }
        return await first;
    }

    private async Task PublishMarkerAsync(CancellationToken cancellationToken)
    {
        try
        {
            var headers = new Metadata { { "containerd-namespace", PodsNamespace } };
            var request = new PublishRequest { Topic = MarkerTopic, Event = Any.Pack(new Subject()) };
            using var call = _events.PublishAsync(request, headers, cancellationToken: cancellationToken);
            await call.ResponseAsync;
        }
        catch (RpcException)
        {
            // The subscription's own failure decides; a runtime that lets nobody publish still sends its events.
        }
    }

    /// <summary>False once the stream is lost.</summary>
    private static async Task<bool> NextAsync(IAsyncStreamReader<Envelope> stream, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.MoveNext(cancellationToken);
        }
        catch (RpcException)
        {
            return false;
        }
    }
}
