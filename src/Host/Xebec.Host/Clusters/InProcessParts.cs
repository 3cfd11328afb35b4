using Xebec.ApiServer;
using Xebec.Kubelet.Runtime;

namespace Xebec.Host.Clusters;

/// <summary>What components of one process offer each other besides the API; empty for a part that runs alone.</summary>
internal sealed class InProcessParts
{
    /// <summary>The API server of this process, null in an agent.</summary>
    public KubeApiServer? ApiServer { get; set; }

    /// <summary>The node's container runtime, null in a server.</summary>
    public IContainerRuntime? Runtime { get; set; }
}
