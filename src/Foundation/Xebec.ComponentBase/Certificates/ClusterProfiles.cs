using System.Net;

namespace Xebec.ComponentBase.Certificates;

/// <summary>The certificate profiles of a cluster's own components, with the users and groups that upstream gives them.</summary>
public static class ClusterProfiles
{
    /// <summary>The API server's serving certificate, for every name and address that clients reach it by.</summary>
    public static CertificateProfile ApiServer(IEnumerable<string> hostNames, IEnumerable<IPAddress> addresses) => new("kube-apiserver")
    {
        IsServer = true,
        DnsNames = [.. ApiServerNames.Concat(hostNames).Distinct(StringComparer.OrdinalIgnoreCase)],
        IpAddresses = [.. new[] { IPAddress.Loopback, IPAddress.IPv6Loopback }.Concat(addresses).Distinct()],
    };

    /// <summary>The certificate by which the API server calls kubelets.</summary>
    public static CertificateProfile ApiServerKubeletClient { get; } =
        Client("kube-apiserver-kubelet-client", "system:masters");

    /// <summary>By which the API server, as a proxy, is known to extension servers and webhooks.</summary>
    public static CertificateProfile FrontProxyClient { get; } = Client("front-proxy-client");

    /// <summary>The cluster administrator, in the group system:masters.</summary>
    public static CertificateProfile Admin { get; } = Client("kubernetes-admin", "system:masters");

    /// <summary>The controller manager's client certificate.</summary>
    public static CertificateProfile ControllerManager { get; } = Client("system:kube-controller-manager");

    /// <summary>The scheduler's client certificate.</summary>
    public static CertificateProfile Scheduler { get; } = Client("system:kube-scheduler");

    /// <summary>The proxy's client certificate.</summary>
    public static CertificateProfile Proxy { get; } = Client("system:kube-proxy", "system:node-proxier");

    /// <summary>Cluster DNS, which runs on the node and publishes its own Service: an administrator, as an add-on manager is.</summary>
    public static CertificateProfile Dns { get; } = Client("system:xebec-dns", "system:masters");

    /// <summary>A kubelet's client certificate: user system:node:NAME, group system:nodes.</summary>
    public static CertificateProfile Kubelet(string nodeName) => Client("system:node:" + nodeName, "system:nodes");

    /// <summary>A kubelet's serving certificate, for its own HTTPS port.</summary>
    public static CertificateProfile KubeletServer(string nodeName, IEnumerable<IPAddress> addresses) => new("system:node:" + nodeName)
    {
        IsServer = true,
        Organizations = ["system:nodes"],
        DnsNames = [nodeName, "localhost"],
        IpAddresses = [.. addresses.Append(IPAddress.Loopback).Distinct()],
    };

    private static string[] ApiServerNames =>
    [
        "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local", "localhost",
    ];

    private static CertificateProfile Client(string user, params string[] groups) =>
        new(user) { IsClient = true, Organizations = groups };
}
