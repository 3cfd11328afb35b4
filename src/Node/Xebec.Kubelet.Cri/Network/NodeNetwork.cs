using Xebec.Kubelet.Cri.Containerd;
using Xebec.Kubelet.Cri.Linux;

namespace Xebec.Kubelet.Cri.Network;

/// <summary>What a node's pods need of its network beside CNI: forwarding, the bridge, the way to services and the way out.</summary>
public static class NodeNetwork
{
    private const string IpForward = "/proc/sys/net/ipv4/ip_forward";
    private const string BridgeCallsIptables = "/proc/sys/net/bridge/bridge-nf-call-iptables";

    /// <summary>Brings it about; idempotent, so it may run again at any time to repair.</summary>
    /// <exception cref="HostCommandException">ip or nft refuses, or is not installed.</exception>
    public static async Task EnsureAsync(ContainerdOptions options, CancellationToken cancellationToken = default)
    {
        await LoadBridgeFilterAsync(cancellationToken);
        await NetworkNamespace.RunAsync(options.NetworkNamespace, EnsureSysctls);
        await EnsureBridgeAsync(options, cancellationToken);
        await HostCommand.RunAsync("nft", ["-f", "-"], options.NetworkNamespace, EgressRules.Write(options), cancellationToken);
    }

    /// <summary>Takes the bridge, its routes and the rules away; what is not there is no error.</summary>
    public static async Task RemoveAsync(ContainerdOptions options, CancellationToken cancellationToken = default)
    {
        if (options.NetworkNamespace is { } networkNamespace && !File.Exists(networkNamespace))
            return;
        await TryAsync("ip", ["link", "delete", NodeNames.Bridge(options.ClusterId)], options, cancellationToken);
        await TryAsync("nft", ["delete", "table", "ip", NodeNames.EgressTable(options.ClusterId)], options, cancellationToken);
    }

    /// <summary>The kernel's switches exist once the module is there; on a kernel that has it built in, there is nothing to load.</summary>
    private static async Task LoadBridgeFilterAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(BridgeCallsIptables))
            return;
        try
        {
            await HostCommand.RunAsync("modprobe", ["br_netfilter"], cancellationToken: cancellationToken);
        }
        catch (HostCommandException)
        {
            // Without it a pod does not reach a pod of its own node by a service's address; all else works.
        }
    }

    private static void EnsureSysctls()
    {
        WriteOne(IpForward);
        if (File.Exists(BridgeCallsIptables))
            WriteOne(BridgeCallsIptables);

        static void WriteOne(string path)
        {
            if (File.ReadAllText(path).Trim() != "1")
                File.WriteAllText(path, "1");
        }
    }

    private static async Task EnsureBridgeAsync(ContainerdOptions options, CancellationToken cancellationToken)
    {
        var (name, pods) = (NodeNames.Bridge(options.ClusterId), PodSubnet.Parse(options.PodCidr));
        try
        {
            await HostCommand.RunAsync(
                "ip", ["link", "add", name, "address", pods.BridgeHardwareAddress, "type", "bridge"], options.NetworkNamespace,
                cancellationToken: cancellationToken);
        }
        catch (HostCommandException error) when (error.Errors.Contains("File exists", StringComparison.Ordinal))
        {
            // It outlived an earlier run.
        }
        var batch = $"""
            link set lo up
            address replace {pods.Gateway}/{pods.PrefixLength} dev {name}
            link set {name} up
            route replace {options.ServiceCidr} dev {name}

            """;
        await HostCommand.RunAsync("ip", ["-batch", "-"], options.NetworkNamespace, batch, cancellationToken);
    }

    private static async Task TryAsync(string program, string[] arguments, ContainerdOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await HostCommand.RunAsync(program, arguments, options.NetworkNamespace, cancellationToken: cancellationToken);
        }
        catch (HostCommandException)
        {
            // Gone already.
        }
    }
}
