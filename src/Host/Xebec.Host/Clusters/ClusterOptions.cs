using Xebec.ApiServer;

namespace Xebec.Host.Clusters;

/// <summary>What the command line asks of a cluster; null is "as before, or the default".</summary>
internal sealed record ClusterOptions
{
    public required DataFolder DataFolder { get; init; }

    public string? KubeconfigPath { get; init; }

    public string? NodeName { get; init; }

    public int? Port { get; init; }

    /// <summary>URL of a registry that is asked first for images of docker.io; null for none.</summary>
    public string? RegistryMirror { get; init; }

    /// <summary>Limits and time-outs of the API server.</summary>
    public ServingOptions Serving { get; init; } = new();

    public bool MayInstall { get; init; } = true;

    /// <summary>kube-apiserver's flags, by name.</summary>
    public IReadOnlyDictionary<string, string> ApiServerFlags { get; init; } = new Dictionary<string, string>();

    public const int DefaultPort = 6443;

    /// <summary>The state to run with: what is kept, overridden by what the command line gives.</summary>
    public ClusterState Resolve(ClusterState? kept, string hostName)
    {
        var state = kept ?? ClusterState.Create(DefaultPort, hostName.ToLowerInvariant());
        return state with { Port = Port ?? state.Port, NodeName = NodeName ?? state.NodeName };
    }
}
