using Xebec.Kubelet.Cri.Containerd;

namespace Xebec.Kubelet.Cri.Network;

/// <summary>
/// Writes the nft table that gives pods the node's address outside the cluster. A table of our own goes in one piece; what the CNI
/// bridge's ipMasq does instead is a chain for each pod in a table shared with others.
/// </summary>
internal static class EgressRules
{
    private const string Multicast = "224.0.0.0/4";

    /// <summary>Replaces the table in one transaction.</summary>
    public static string Write(ContainerdOptions options)
    {
        var table = NodeNames.EgressTable(options.ClusterId);
        return $$"""
            table ip {{table}} {}
            delete table ip {{table}}
            table ip {{table}} {
              chain postrouting {
                type nat hook postrouting priority srcnat; policy accept;
                ip saddr {{options.PodCidr}} ip daddr != { {{options.ClusterCidr}}, {{Multicast}} } masquerade
              }
            }

            """;
    }
}
