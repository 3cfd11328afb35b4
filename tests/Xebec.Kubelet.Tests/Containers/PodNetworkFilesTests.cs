using Xebec.Api.Core.V1;
using Xebec.Kubelet.Containers;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Tests.Containers;

public sealed class PodNetworkFilesTests
{
    private static readonly DnsConfig Host = PodDns.Parse("# by hand\nnameserver 9.9.9.9\nsearch lan example\noptions timeout:1\n");

    [Fact]
    public void ClusterFirstSearchesTheNamespaceFirst()
    {
        var dns = PodDns.Of(Pods.New("web"), "10.96.0.10", "cluster.local", Host);
        Assert.Equal(["10.96.0.10"], dns.Servers);
        Assert.Equal(["default.svc.cluster.local", "svc.cluster.local", "cluster.local", "lan", "example"], dns.Searches);
        Assert.Equal(["ndots:5"], dns.Options);
    }

    [Fact]
    public void HostNetworkPodsUseTheHostsResolver()
    {
        var pod = Pods.New("web").With(p => p.Spec.HostNetwork = true);
        Assert.Equal(["9.9.9.9"], PodDns.Of(pod, "10.96.0.10", "cluster.local", Host).Servers);
        pod.Spec.DnsPolicy = DNSPolicy.ClusterFirstWithHostNet;
        Assert.Equal(["10.96.0.10"], PodDns.Of(pod, "10.96.0.10", "cluster.local", Host).Servers);
    }

    [Fact]
    [Conformance("[sig-network] DNS should support configurable pod DNS nameservers")]
    public void NoneUsesOnlyThePodsOwnConfiguration()
    {
        var pod = Pods.New("web").With(p => (p.Spec.DnsPolicy, p.Spec.DnsConfig) =
            (DNSPolicy.None, new() { Nameservers = ["1.1.1.1"], Options = [new() { Name = "ndots", Value = "2" }] }));
        var dns = PodDns.Of(pod, "10.96.0.10", "cluster.local", Host);
        Assert.Equal(["1.1.1.1"], dns.Servers);
        Assert.Equal(["ndots:2"], dns.Options);
    }

    [Fact]
    [Conformance("[sig-node] Kubelet when scheduling an agnhost Pod with hostAliases should write entries to /etc/hosts [NodeConformance]")]
    public void TheHostsFileNamesThePodAndItsAliases()
    {
        var pod = Pods.New("web").With(p =>
        {
            (p.Spec.Hostname, p.Spec.Subdomain) = ("db-0", "db");
            p.Spec.HostAliases = [new() { Ip = "1.2.3.4", Hostnames = ["one", "two"] }];
        });
        var text = HostsFile.ForPod(pod, ["10.244.0.5"], "cluster.local");
        Assert.Contains("10.244.0.5\tdb-0.db.default.svc.cluster.local\tdb-0\n", text, StringComparison.Ordinal);
        Assert.Contains("1.2.3.4\tone\ttwo\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void AHostNetworkSandboxHasNoHostname()
    {
        Assert.Equal("web", PodHostnames.OfSandbox(Pods.New("web"), "cluster.local"));
        Assert.Equal("", PodHostnames.OfSandbox(Pods.New("web").With(p => p.Spec.HostNetwork = true), "cluster.local"));
        Assert.Equal(63, PodHostnames.Hostname(Pods.New(new string('a', 100))).Length);
    }
}
