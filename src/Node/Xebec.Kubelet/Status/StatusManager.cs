using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Xebec.Client;

namespace Xebec.Kubelet.Status;

/// <summary>Writes pods' statuses to the API when they change, newest only, and deletes a pod's object when it has ended.</summary>
internal sealed class StatusManager(ApiClient client, TimeProvider time, ILogger logger)
{
    private const int Writers = 4;
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, PodStatusEntry> _entries = new(StringComparer.Ordinal);
    private readonly Channel<PodStatusEntry> _queue = Channel.CreateUnbounded<PodStatusEntry>();

    /// <summary>The newest status given for a pod, null before there is one.</summary>
    public PodStatus? Get(string uid) => _entries.TryGetValue(uid, out var entry) ? entry.Desired : null;

    /// <summary>Makes this the pod's status; written soon, unless it is as before.</summary>
    public void Set(Pod pod, PodStatus status) => Change(pod, status, delete: false);

    /// <summary>Writes the last status, then removes the pod's object for good.</summary>
    public void SetAndDelete(Pod pod, PodStatus status) => Change(pod, status, delete: true);

    public void Forget(string uid) => _entries.TryRemove(uid, out _);

    public Task RunAsync(CancellationToken cancellation) =>
        Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => WriteLoopAsync(cancellation)));

    private void Change(Pod pod, PodStatus status, bool delete)
    {
        var entry = _entries.GetOrAdd(pod.Metadata.Uid, static (_, pod) => new PodStatusEntry(pod), pod);
        if (entry.Change(pod, status, delete))
            _queue.Writer.TryWrite(entry);
    }

    private async Task WriteLoopAsync(CancellationToken cancellation)
    {
        await foreach (var entry in _queue.Reader.ReadAllAsync(cancellation))
        {
            try
            {
                await WriteAsync(entry, cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                KubeletLog.StatusFailed(logger, PodText.Name(entry.Pod), e.Message);
                entry.Failed();
                await Task.Delay(RetryPeriod, time, cancellation);
            }

            if (entry.Finish())
                _queue.Writer.TryWrite(entry);
        }
    }

    private async Task WriteAsync(PodStatusEntry entry, CancellationToken cancellation)
    {
        var (pod, known, status, delete) = entry.Take();
        var patch = StatusPatch.Build(pod.Metadata.Uid, known, status);
        try
        {
            if (patch is not null)
            {
                entry.Wrote(await client.PatchAsync<Pod>(
                    pod.Metadata.Namespace, pod.Metadata.Name, Patch.Strategic(patch), "status", cancellation: cancellation));
            }

            if (delete)
                await DeleteAsync(pod, cancellation);
        }
        catch (ApiErrorException e) when (e.IsNotFound || e.IsConflict)
        {
            entry.Lost();
        }
    }

    private Task DeleteAsync(Pod pod, CancellationToken cancellation) => client.DeleteAsync<Pod>(
        pod.Metadata.Namespace,
        pod.Metadata.Name,
        new Api.Meta.V1.DeleteOptions { GracePeriodSeconds = 0, Preconditions = new Api.Meta.V1.Preconditions { Uid = pod.Metadata.Uid } },
        cancellation);
}
