using Microsoft.Extensions.Logging;
using Xebec.Kubelet.Eviction;
using Xebec.Kubelet.Events;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Images;

/// <summary>Removes unused images when the disk is over 85% full, until it is at 80%.</summary>
internal sealed class ImageCollector(
    IContainerRuntime runtime, KubeletEvents events, Func<EvictionSignals> read, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(5);
    private readonly Dictionary<string, DateTimeOffset> _lastUsed = new(StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await CollectAsync(cancellation);
            }
            catch (RuntimeException e)
            {
                KubeletLog.LoopFailed(logger, "image garbage collection", e.Message);
            }

            await Task.Delay(Period, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async Task CollectAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var images = await runtime.ListImagesAsync(null, cancellation);
        var used = await UsedAsync(images, cancellation);
        foreach (var image in images)
        {
            if (used.Contains(image.Id) || !_lastUsed.ContainsKey(image.Id))
                _lastUsed[image.Id] = now;
        }

        var signals = read();
        if (signals.DiskUsedPercent < ImageGarbage.HighPercent)
            return;
        var bytesToFree = (signals.DiskTotalBytes / 100 * (100 - ImageGarbage.LowPercent)) - signals.DiskAvailableBytes;
        var garbage = ImageGarbage.Select(images, used, _lastUsed, now, bytesToFree);
        foreach (var image in garbage)
        {
            KubeletLog.RemovingImage(logger, image.Id, image.SizeBytes);
            await runtime.RemoveImageAsync(image.Id, cancellation);
            _lastUsed.Remove(image.Id);
        }

        if (garbage.Count == 0)
            events.Node(
                "Warning",
                "FreeDiskSpaceFailed",
                "Failed to garbage collect required amount of images. " +
                $"Attempted to free {bytesToFree} bytes, but only found 0 bytes eligible to free.");
    }

    private async Task<HashSet<string>> UsedAsync(IReadOnlyList<Image> images, CancellationToken cancellation)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var container in await runtime.ListContainersAsync(null, cancellation))
        {
            used.Add(container.ImageRef);
            used.Add(container.Image);
        }

        foreach (var image in images)
        {
            if (image.RepoTags.Any(used.Contains) || image.RepoDigests.Any(used.Contains))
                used.Add(image.Id);
        }

        return used;
    }
}
