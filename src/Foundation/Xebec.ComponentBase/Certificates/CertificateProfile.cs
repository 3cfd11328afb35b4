using System.Net;

namespace Xebec.ComponentBase.Certificates;

/// <summary>What one certificate of the cluster says: its subject, its names and what it may be used for.</summary>
/// <param name="CommonName">Subject CN; for a client certificate the Kubernetes user name.</param>
public sealed record CertificateProfile(string CommonName)
{
    /// <summary>Subject O; for a client certificate the Kubernetes groups.</summary>
    public IReadOnlyList<string> Organizations { get; init; } = [];

    /// <summary>DNS names among the subject alternative names.</summary>
    public IReadOnlyList<string> DnsNames { get; init; } = [];

    /// <summary>IP addresses among the subject alternative names.</summary>
    public IReadOnlyList<IPAddress> IpAddresses { get; init; } = [];

    /// <summary>True when TLS servers present it (extended key usage serverAuth).</summary>
    public bool IsServer { get; init; }

    /// <summary>True when TLS clients present it (extended key usage clientAuth).</summary>
    public bool IsClient { get; init; }

    /// <summary>Time from issue to expiry; kubeadm's year unless set.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(365);
}
