using Xebec.ApiServer.Registry.Core;

namespace Xebec.ApiServer.Registry;

/// <summary>The kinds that need more than the ordinary strategy, by qualified plural (deployments.apps).</summary>
internal static class StrategyTable
{
    /// <summary>The strategies of a server.</summary>
    public static Dictionary<string, ResourceStrategy> Create(KubeApiServerOptions options) => new(StringComparer.Ordinal)
    {
        ["namespaces"] = new NamespaceStrategy(),
        ["pods"] = new PodStrategy(),
    };
}
