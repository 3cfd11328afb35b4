using System.Security.Cryptography;
using System.Text;

namespace Xebec.Kubelet.Cri.Containerd;

/// <summary>Names on the machine that carry the cluster's id.</summary>
internal static class NodeNames
{
    private const int MaxInterfaceNameLength = 15;
    private const string Prefix = "xb-";

    /// <summary>The bridge, which also names the CNI network: the id if it fits, else its start and a hash.</summary>
    public static string Bridge(string clusterId)
    {
        var room = MaxInterfaceNameLength - Prefix.Length;
        if (clusterId.Length <= room)
            return Prefix + clusterId;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(clusterId)))[..8];
        return $"{Prefix}{clusterId[..(room - hash.Length)]}{hash}";
    }

    /// <summary>The nft table that masquerades the pods' way out.</summary>
    public static string EgressTable(string clusterId) => $"xebec-egress-{clusterId}";
}
