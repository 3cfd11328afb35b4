using System.Text.Json;
using Xebec.Kubelet.Cri.Network;

namespace Xebec.Kubelet.Cri.Containerd;

public sealed class ContainerdConfigTests
{
    private static readonly ContainerdPaths s_paths = new("/var/lib/xebec/a");

    [Fact]
    public void Every_path_is_below_the_data_folder()
    {
        var paths = ContainerdConfig.Write(s_paths, "/opt/cni/bin", "overlayfs").Split('"').Where(word => word.StartsWith('/'));
        Assert.Equal(["/opt/cni/bin"], paths.Where(path => !path.StartsWith("/var/lib/xebec/a/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("restrict_oom_score_adj = true")]
    [InlineData("netns_mounts_under_state_dir = true")]
    [InlineData("sandbox_image = \"localhost/xebec/pause:1\"")]
    [InlineData("stream_server_address = \"127.0.0.1\"")]
    public void Settings_a_node_cannot_do_without_are_there(string line) =>
        Assert.Contains(line, ContainerdConfig.Write(s_paths, "/opt/cni/bin", "overlayfs"), StringComparison.Ordinal);

    [Fact]
    public void Strange_folder_names_are_quoted() => Assert.Contains(
        """root = "/a \"b\"\\c/root" """.TrimEnd(), ContainerdConfig.Write(new ContainerdPaths("/a \"b\"\\c"), "/opt/cni/bin", "native"),
            StringComparison.Ordinal);

    [Fact]
    public void A_socket_path_always_fits_a_socket_address()
    {
        Assert.Equal("/var/lib/xebec/a/containerd.sock", s_paths.Socket);
        var far = new ContainerdPaths("/" + new string('x', 120)).Socket;
        Assert.InRange(far.Length, 1, 101);
        Assert.NotEqual(far, new ContainerdPaths("/" + new string('y', 120)).Socket);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("abcdefghijkl")]
    [InlineData("abcdefghijklmnop")]
    [InlineData("abcdefghijklmnopq")]
    public void A_bridge_name_fits_an_interface_name(string clusterId) => Assert.InRange(NodeNames.Bridge(clusterId).Length, 4, 15);

    [Fact]
    public void Long_cluster_ids_do_not_share_a_bridge() =>
        Assert.NotEqual(NodeNames.Bridge("abcdefghijklmnop"), NodeNames.Bridge("abcdefghijklmnoq"));

    [Fact]
    public void The_pod_network_is_the_nodes_own()
    {
        using var json = JsonDocument.Parse(CniConfig.Write("xb-a", "10.1.2.0/24", "/data/networks"));
        var bridge = json.RootElement.GetProperty("plugins")[0];
        Assert.Equal("xb-a", bridge.GetProperty("bridge").GetString());
        Assert.Equal("10.1.2.0/24", bridge.GetProperty("ipam").GetProperty("ranges")[0][0].GetProperty("subnet").GetString());
        Assert.Equal("/data/networks", bridge.GetProperty("ipam").GetProperty("dataDir").GetString());
    }

    [Fact]
    public void Only_traffic_that_leaves_the_cluster_is_masqueraded()
    {
        var rules = EgressRules.Write(new ContainerdOptions("a", "/data") { PodCidr = "10.1.2.0/24", ClusterCidr = "10.1.0.0/16" });
        Assert.Contains("ip saddr 10.1.2.0/24 ip daddr != { 10.1.0.0/16, 224.0.0.0/4 } masquerade", rules, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.1.2.0/24", "10.1.2.1", "0a:58:0a:01:02:01")]
    [InlineData("192.168.255.248/29", "192.168.255.249", "0a:58:c0:a8:ff:f9")]
    public void The_gateway_is_the_first_address(string cidr, string gateway, string hardwareAddress)
    {
        var subnet = PodSubnet.Parse(cidr);
        Assert.Equal((gateway, hardwareAddress), (subnet.Gateway.ToString(), subnet.BridgeHardwareAddress));
    }

    [Theory]
    [InlineData("fd00::/64")]
    [InlineData("10.1.2.0/31")]
    public void What_is_no_pod_network_is_refused_by_name(string cidr) =>
        Assert.Contains(cidr, Assert.Throws<FormatException>(() => PodSubnet.Parse(cidr)).Message, StringComparison.Ordinal);

    [Fact]
    public void Imported_names_are_read_from_what_ctr_writes() => Assert.Equal(
        ["docker.io/library/a:1", "localhost/b:2"],
        ImageLoader.ImportedNames("unpacking docker.io/library/a:1 (sha256:00)...done\nunpacking localhost/b:2 (sha256:11)...\n"));
}
