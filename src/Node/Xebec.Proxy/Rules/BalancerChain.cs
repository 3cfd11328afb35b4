using System.Text;

namespace Xebec.Proxy.Rules;

/// <summary>
/// A chain that sends a connection to one of <see cref="Count"/> endpoints. Services with the same shape share it,
/// so there are as many chains as shapes, never one per Service.
/// </summary>
internal readonly record struct BalancerChain(
    IpFamily Family, string Protocol, int Count, bool NodePort, bool Masquerade, bool Sticky, bool Internal)
{
    /// <summary>Where the indexes of the list for cluster-internal clients begin.</summary>
    public const int InternalOffset = 65536;

    /// <summary>The packet mark that asks for masquerading, as kube-proxy uses it.</summary>
    public const string MasqueradeMark = "0x4000";

    /// <summary>For example tcp-3-node-port-masquerade.</summary>
    public string Name
    {
        get
        {
            var name = new StringBuilder(Protocol).Append('-').Append(Count);
            if (NodePort) name.Append("-node-port");
            if (Internal) name.Append("-internal");
            if (Masquerade) name.Append("-masquerade");
            if (Sticky) name.Append("-sticky");
            return name.ToString();
        }
    }

    /// <summary>The rules of the chain, in order.</summary>
    public IEnumerable<string> Rules()
    {
        if (Masquerade) yield return $"meta mark set meta mark or {MasqueradeMark}";
        if (Sticky)
        {
            yield return $"dnat {Family} to {Family} saddr . {Family} daddr . meta l4proto . th dport map @{RuleMaps.Affinity}";
        }

        var index = $"numgen random mod {Count}" + (Internal ? $" offset {InternalOffset}" : "");
        yield return NodePort
            ? $"dnat {Family} to {Protocol} dport . {index} map @{RuleMaps.NodePortEndpoints(Protocol)}"
            : $"dnat {Family} to {Family} daddr . {Protocol} dport . {index} map @{RuleMaps.Endpoints(Protocol)}";
    }
}
