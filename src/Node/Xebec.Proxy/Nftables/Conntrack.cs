using System.Globalization;
using Xebec.Proxy.Rules;

namespace Xebec.Proxy.Nftables;

/// <summary>Forgets UDP flows to endpoints that are gone: without a handshake a client would send into the void for minutes.</summary>
internal sealed class Conntrack(NodeCommands commands)
{
    public async Task ForgetAsync(IReadOnlyList<UdpBinding> stale, CancellationToken cancellationToken)
    {
        foreach (var binding in stale) await commands.RunAsync(Arguments(binding), null, cancellationToken);
    }

    /// <summary>The command for one binding; it exits with 1 when there was no such flow, which is fine.</summary>
    public static List<string> Arguments(UdpBinding binding)
    {
        var port = binding.Port.ToString(CultureInfo.InvariantCulture);
        List<string> command = ["conntrack", "-D", "-p", "udp", "--orig-port-dst", port, "--dst-nat", binding.Endpoint.ToString()];
        if (binding.Address is { } address) command.AddRange(["--orig-dst", address.ToString()]);
        if (IpFamily.Of(binding.Endpoint) == IpFamily.V6) command.AddRange(["-f", "ipv6"]);
        return command;
    }
}
