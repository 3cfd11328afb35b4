using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri.Containers;

internal static class RealNodeWaits
{
    /// <summary>Looks until the container has exited: an event of its end may have passed before anyone listened.</summary>
    public static async Task<ContainerStatus> WaitForExitAsync(this RealNode node, string containerId)
    {
        for (var attempt = 0; attempt < 3000; attempt++)
        {
            var status = await node.Runtime.ContainerStatusAsync(containerId);
            if (status.State == ContainerState.Exited)
                return status;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
        throw new TimeoutException("the container does not end");
    }

    /// <summary>Waits until the container has written something.</summary>
    public static async Task WaitForOutputAsync(this RealNode node, string containerId)
    {
        var log = new FileInfo((await node.Runtime.ContainerStatusAsync(containerId)).LogPath);
        for (var attempt = 0; attempt < 1000; attempt++, log.Refresh())
        {
            if (log is { Exists: true, Length: > 0 })
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
        Assert.Fail("the container wrote nothing");
    }
}
