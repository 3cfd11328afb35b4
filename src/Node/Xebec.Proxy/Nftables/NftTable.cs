using Xebec.Proxy.Rules;

namespace Xebec.Proxy.Nftables;

/// <summary>The cluster's table in the kernel; every change is one transaction of <c>nft -f -</c>.</summary>
internal sealed class NftTable(ProxyOptions options, NodeCommands commands)
{
    private readonly NftScript script = new(options);
    private readonly RouteLocalnet routeLocalnet = new(commands);
    private readonly HashSet<string> knownChains = [];
    private readonly HashSet<IpFamily> families = [];
    private string? comment;

    /// <summary>True once <see cref="ResyncAsync"/> made the tables for every family that <paramref name="delta"/> touches.</summary>
    public bool Covers(RuleDelta delta) => families.Count > 0 && delta.Added.TrueForAll(element => families.Contains(element.Family));

    /// <summary>Makes the table hold exactly <paramref name="everything"/>; a table of another layout is replaced.</summary>
    public async Task ResyncAsync(RuleDelta everything, CancellationToken cancellationToken)
    {
        families.Add(IpFamily.V4);
        families.UnionWith(everything.Added.Select(element => element.Family));
        comment ??= await routeLocalnet.CommentAsync(await ListAsync(IpFamily.V4, cancellationToken), cancellationToken);
        knownChains.Clear();
        var result = await RunAsync(script.Resync(everything, families, comment, replace: false), cancellationToken);
        if (result.ExitCode != 0) await ApplyAsync(script.Resync(everything, families, comment, replace: true), cancellationToken);
        Remember(everything);
        await routeLocalnet.EnableAsync(cancellationToken);
    }

    /// <summary>Changes only what <paramref name="delta"/> names.</summary>
    /// <exception cref="NftException">The table is not what it was thought to be; nothing changed.</exception>
    public async Task ChangeAsync(RuleDelta delta, CancellationToken cancellationToken)
    {
        await ApplyAsync(script.Delta(delta, knownChains), cancellationToken);
        Remember(delta);
    }

    /// <summary>The clients that the kernel remembers, as nft's JSON.</summary>
    public async Task<string> ListAffinityAsync(IpFamily family, CancellationToken cancellationToken)
    {
        var result = await commands.RunAsync(
            ["nft", "-j", "list", "map", family.Name, options.TableName, RuleMaps.Affinity], null, cancellationToken);
        return result.ExitCode == 0 ? result.Output : "";
    }

    /// <summary>The families that have a table.</summary>
    public IReadOnlyCollection<IpFamily> Families => families;

    /// <summary>Removes the table and puts the kernel's settings back; nothing to remove is no error.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        foreach (var family in IpFamily.All)
        {
            var listing = await ListAsync(family, cancellationToken);
            if (listing.Length == 0) continue;
            if (family == IpFamily.V4) await routeLocalnet.RestoreAsync(listing, cancellationToken);
            await ApplyAsync($"delete table {family} {options.TableName}\n", cancellationToken);
        }

        families.Clear();
        knownChains.Clear();
    }

    private void Remember(RuleDelta delta)
    {
        foreach (var chain in delta.Balancers) knownChains.Add(NftScript.ChainKey(chain.Family, chain.Name));
        foreach (var chain in delta.Recorders) knownChains.Add(NftScript.ChainKey(chain.Family, chain.Name));
    }

    // Without the elements; nothing if there is no table.
    private async Task<string> ListAsync(IpFamily family, CancellationToken cancellationToken)
    {
        var result = await commands.RunAsync(["nft", "-t", "list", "table", family.Name, options.TableName], null, cancellationToken);
        return result.ExitCode == 0 ? result.Output : "";
    }

    private async Task ApplyAsync(string transaction, CancellationToken cancellationToken)
    {
        var result = await RunAsync(transaction, cancellationToken);
        if (result.ExitCode != 0) throw new NftException($"nft exited with {result.ExitCode}: {result.Error.Trim()}");
    }

    private Task<NodeCommandResult> RunAsync(string transaction, CancellationToken cancellationToken) =>
        commands.RunAsync(["nft", "-f", "-"], transaction, cancellationToken);
}
