using System.Globalization;
using Microsoft.Extensions.Logging;
using Xebec.Kubelet.PodWorkers;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Server;

/// <summary>Keeps each container's log at five files of ten MiB.</summary>
internal sealed class LogRotator(IContainerRuntime runtime, PodWorkerSet workers, TimeProvider time, ILogger logger)
{
    private const long MaximumBytes = 10L * 1024 * 1024;
    private const int MaximumFiles = 5;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            foreach (var worker in workers.All)
            {
                foreach (var container in worker.Observed.Containers)
                    await RotateIfFullAsync(container, cancellation);
            }

            await Task.Delay(Period, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RotateIfFullAsync(Runtime.ContainerStatus container, CancellationToken cancellation)
    {
        if (container.State != Runtime.ContainerState.Running || container.LogPath.Length == 0)
            return;
        var log = new FileInfo(container.LogPath);
        if (!log.Exists || log.Length < MaximumBytes)
            return;
        try
        {
            RemoveOldest(log.FullName);
            var rotated = $"{log.FullName}.{time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
            File.Move(log.FullName, rotated, overwrite: true);
            await runtime.ReopenContainerLogAsync(container.Id, cancellation);
        }
        catch (Exception e) when (e is IOException or RuntimeException)
        {
            KubeletLog.LoopFailed(logger, "log rotation", e.Message);
        }
    }

    /// <summary>Makes room for one more: the current file and four rotated ones.</summary>
    internal static void RemoveOldest(string path)
    {
        var rotated = Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + ".*");
        Array.Sort(rotated, StringComparer.Ordinal);
        foreach (var old in rotated.Take(Math.Max(0, rotated.Length - (MaximumFiles - 2))))
            File.Delete(old);
    }
}
