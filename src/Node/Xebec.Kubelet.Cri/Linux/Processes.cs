using System.Diagnostics;

namespace Xebec.Kubelet.Cri.Linux;

/// <summary>Ends processes that are known by pid to be the node's own.</summary>
internal static class Processes
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Kills them all, then waits until each has ended (one that hangs in the kernel is given up after ten seconds).</summary>
    public static async Task KillAsync(IReadOnlyList<int> processIds, CancellationToken cancellationToken)
    {
        foreach (var processId in processIds)
            Libc.Signal(processId, Libc.SigKill);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        foreach (var processId in processIds)
            await WaitForExitAsync(processId, patience.Token);
    }

    private static async Task WaitForExitAsync(int processId, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (Exception error) when (error is ArgumentException or OperationCanceledException)
        {
            // Already gone, or not to be waited for any longer.
        }
    }
}
