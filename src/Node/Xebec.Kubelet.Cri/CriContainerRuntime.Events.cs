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
    private static readonly TimeSpan s_firstStatusDelay = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan s_lastStatusDelay = TimeSpan.FromMilliseconds(512);
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
                    if (EventMapping.FromWire(call.ResponseStream.Current) is not { } happened)
                        continue;
                    if (happened.Type == RuntimeEventType.Stopped)
                        await WaitUntilKnownAsync(happened.Id, cancellationToken);
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

    /// <summary>
    /// containerd tells of an end before its CRI has taken note: who looked at once would see a running container, and no event would
    /// follow. A second of patience is enough; after that the reader's own lists must do.
    /// </summary>
    private async Task WaitUntilKnownAsync(string id, CancellationToken cancellationToken)
    {
        for (var delay = s_firstStatusDelay; delay <= s_lastStatusDelay && await IsRunningAsync(id, cancellationToken); delay *= 2)
            await Task.Delay(delay, _timeProvider, cancellationToken);
    }

    private async Task<bool> IsRunningAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            var containers = await ListContainersAsync(new ContainerFilter { Id = id }, cancellationToken);
            if (containers.Count > 0)
                return containers.Any(container => container.State == ContainerState.Running);
            var sandboxes = await ListPodSandboxesAsync(new PodSandboxFilter { Id = id }, cancellationToken);
            return sandboxes.Any(sandbox => sandbox.State == PodSandboxState.Ready);
        }
        catch (RuntimeException)
        {
            return false;
        }
    }

    /// <summary>False once the stream is lost.</summary>
    private static async Task<bool> NextAsync(IAsyncStreamReader<Envelope> stream, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.MoveNext(cancellationToken);
        }
        catch (RpcException error) when (error.StatusCode is not (StatusCode.InvalidArgument or StatusCode.Unimplemented))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
        catch (RpcException error)
        {
            throw ErrorMapping.ToRuntimeException(error);
        }
    }
}
