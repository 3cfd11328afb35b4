using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri.Containers;

internal static class RealNodeWaits
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    /// <summary>Waits on the runtime's events until the container has exited.</summary>
    public static async Task<ContainerStatus> WaitForExitAsync(this RealNode node, string containerId)
    {
        using var limit = new CancellationTokenSource(s_limit);
        await foreach (var happened in node.Runtime.WatchEventsAsync(limit.Token))
        {
            if (happened.Type != RuntimeEventType.Resync && happened.Id != containerId)
                continue;
            var status = await node.Runtime.ContainerStatusAsync(containerId, limit.Token);
            if (status.State == ContainerState.Exited)
                return status;
        }
        throw new InvalidOperationException("the event stream ended");
    }
}
