namespace Xebec.Proxy.Rules;

/// <summary>The named sets and maps of the table.</summary>
internal static class RuleMaps
{
    /// <summary>address . protocol . port to the chain that balances it.</summary>
    public const string Services = "services";

    /// <summary>protocol . port to the chain that balances it, on every local address.</summary>
    public const string NodePorts = "node-ports";

    /// <summary>Like <see cref="Services"/>, asked first for traffic from inside the cluster (externalTrafficPolicy: Local).</summary>
    public const string InternalServices = "internal-services";

    /// <summary>Like <see cref="NodePorts"/>, asked first for traffic from inside the cluster.</summary>
    public const string InternalNodePorts = "internal-node-ports";

    /// <summary>What to do with a new connection to address . protocol . port that nobody serves.</summary>
    public const string UnservedServices = "unserved-services";

    /// <summary>What to do with a new connection to protocol . port of a local address that nobody serves.</summary>
    public const string UnservedNodePorts = "unserved-node-ports";

    /// <summary>Every cluster IP: what still goes there after translation has no such port or no endpoint.</summary>
    public const string ClusterIPs = "cluster-ips";

    /// <summary>Pairs of a local endpoint's address with itself.</summary>
    public const string Hairpins = "hairpins";

    /// <summary>address . protocol . port to the chain that remembers the client.</summary>
    public const string Recorders = "affinity-recorders";

    /// <summary>protocol . port to the chain that remembers the client.</summary>
    public const string NodePortRecorders = "affinity-node-port-recorders";

    /// <summary>client . address . protocol . port to endpoint, filled by the kernel.</summary>
    public const string Affinity = "affinity";

    /// <summary>address . port . index to endpoint.</summary>
    public static string Endpoints(string protocol) => protocol == "udp" ? "endpoints-udp" : "endpoints-tcp";

    /// <summary>port . index to endpoint.</summary>
    public static string NodePortEndpoints(string protocol) => protocol == "udp" ? "node-port-endpoints-udp" : "node-port-endpoints-tcp";
}
