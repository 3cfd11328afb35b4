using Microsoft.Extensions.Logging;
using Xebec.Kubelet.Cri.Containerd;
using Xebec.Proxy;

namespace Xebec.Host.Clusters;

/// <summary>
/// Takes away whatever a node left on the machine, however it ended: pods, containerd, mounts, cgroups, links, rules. It touches only
/// what carries the cluster's id or lies below its data folder.
/// </summary>
internal sealed class NodeTeardown(DataFolder dataFolder, ClusterState state, ILoggerFactory loggerFactory, TimeProvider timeProvider)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var options = NodeSettings.Containerd(dataFolder, state.Id, null);
        var logger = loggerFactory.CreateLogger<ContainerdDaemon>();
        await ContainerdTeardown.RunAsync(options, deleteData: false, timeProvider, logger, cancellationToken).ConfigureAwait(false);
        await ServiceProxy.RemoveRulesAsync(NodeSettings.Proxy(state), cancellationToken).ConfigureAwait(false);
        MountTable.DetachBelow(dataFolder.Root);
        File.Delete(dataFolder.ContainerdSocketFile);
    }
}
