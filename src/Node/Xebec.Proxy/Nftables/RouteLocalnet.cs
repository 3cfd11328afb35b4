using System.Text.RegularExpressions;

namespace Xebec.Proxy.Nftables;

/// <summary>
/// Lets 127.0.0.1 reach node ports. The setting's former value is kept in the table's comment, so that whoever
/// removes the table, in whatever process, can put it back.
/// </summary>
internal sealed partial class RouteLocalnet(NodeCommands commands)
{
    private const string Setting = "/proc/sys/net/ipv4/conf/all/route_localnet";
    private const string BridgeSetting = "/proc/sys/net/bridge/bridge-nf-call-iptables";

    /// <summary>The comment that records the first value: that of a table left by an earlier run, else the present one.</summary>
    public async Task<string> CommentAsync(string tableListing, CancellationToken cancellationToken)
    {
        if (Comment.Match(tableListing) is { Success: true } match) return "route_localnet=" + match.Groups[1].Value;
        var present = await commands.RunAsync(["cat", Setting], null, cancellationToken);
        return "route_localnet=" + (present.Output.Trim() == "1" ? "1" : "0");
    }

    /// <summary>Switches it on, and bridged traffic through the rules: pod to Service to pod on one bridge needs that.</summary>
    public Task EnableAsync(CancellationToken cancellationToken) =>
        WriteAsync($"echo 1 > {Setting}; [ ! -e {BridgeSetting} ] || echo 1 > {BridgeSetting}", cancellationToken);

    /// <summary>Puts back what <paramref name="tableListing"/>'s comment says.</summary>
    public Task RestoreAsync(string tableListing, CancellationToken cancellationToken)
    {
        var match = Comment.Match(tableListing);
        return match.Success ? WriteAsync($"echo {match.Groups[1].Value} > {Setting}", cancellationToken) : Task.CompletedTask;
    }

    private Task WriteAsync(string script, CancellationToken cancellationToken) =>
        commands.RunAsync(["sh", "-c", script], null, cancellationToken);

    [GeneratedRegex("comment \"route_localnet=([01])\"")]
    private static partial Regex Comment { get; }
}
