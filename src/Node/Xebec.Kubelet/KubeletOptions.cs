using System.Security.Cryptography.X509Certificates;
using Xebec.Kubelet.Probes;

namespace Xebec.Kubelet;

/// <summary>What one node agent needs to know of its node and cluster.</summary>
public sealed record KubeletOptions
{
    /// <summary>The node's name.</summary>
    public required string NodeName { get; init; }

    /// <summary>The node's address, where the API server finds it; pods on the host's network have it too.</summary>
    public required string NodeIp { get; init; }

    /// <summary>Folder of pods' volumes and files, as /var/lib/kubelet is; null for a simulated node, which writes nothing.</summary>
    public string? RootDirectory { get; init; }

    /// <summary>Folder of container logs, as /var/log/pods is; empty for no logs.</summary>
    public string PodLogsDirectory { get; init; } = "";

    /// <summary>Address of the cluster's DNS service; empty gives pods the host's resolver.</summary>
    public string ClusterDns { get; init; } = "";

    /// <summary>Domain of the cluster.</summary>
    public string ClusterDomain { get; init; } = "cluster.local";

    /// <summary>The node's range of pod addresses, written to the Node if it has none; empty for none.</summary>
    public string PodCidr { get; init; } = "";

    /// <summary>The cluster's id: part of the node's system UUID, so that clusters on one machine differ.</summary>
    public string ClusterId { get; init; } = "";

    /// <summary>Where pods' cgroups go, as a path below each hierarchy such as /kubepods; empty leaves cgroups to the runtime.</summary>
    public string CgroupRoot { get; init; } = "";

    /// <summary>Where the cgroup hierarchies are mounted.</summary>
    public string CgroupMount { get; init; } = "/sys/fs/cgroup";

    /// <summary>Most pods the node takes.</summary>
    public int MaxPods { get; init; } = 110;

    /// <summary>Labels of the node at registration, beside the well-known ones.</summary>
    public IReadOnlyDictionary<string, string> NodeLabels { get; init; } = new Dictionary<string, string>();

    /// <summary>CPUs to announce; 0 announces the machine's.</summary>
    public int CapacityCpus { get; init; }

    /// <summary>Bytes of memory to announce; 0 announces the machine's.</summary>
    public long CapacityMemoryBytes { get; init; }

    /// <summary>Port of the kubelet's server; 0 takes a free one, -1 starts none.</summary>
    public int Port { get; init; } = 10250;

    /// <summary>The server's certificate, asked for at each handshake.</summary>
    public Func<X509Certificate2>? ServerCertificate { get; init; }

    /// <summary>Who client certificates must be signed by.</summary>
    public X509Certificate2Collection? ClientCertificateAuthorities { get; init; }

    /// <summary>Most images pulled at once.</summary>
    public int MaxParallelImagePulls { get; init; } = 2;

    /// <summary>How often everything in the runtime is listed, in case an event was missed.</summary>
    public TimeSpan RelistPeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the node's lease is renewed.</summary>
    public TimeSpan LeaseRenewPeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether memory and disk pressure evict pods and remove images.</summary>
    public bool Eviction { get; init; } = true;

    /// <summary>
    /// How probes over the network end on a simulated node, whose pods are at no address: null is success, else the message of the
    /// failure. Null for a real node, which asks the network.
    /// </summary>
    public Func<NetworkProbe, string?>? SimulatedProbe { get; init; }
}
