using Xebec.Proxy.Rules;

namespace Xebec.Proxy.Nftables;

/// <summary>The cluster's table in the kernel; every change is one transaction of <c>nft -f -</c>.</summary>
internal sealed class NftTable(ProxyOptions options, NodeCommands commands)
{
    private readonly NftScript _script = new(options);
    private readonly RouteLocalnet _routeLocalnet = new(commands);
    private readonly HashSet<string> _knownChains = [];
    private readonly HashSet<IpFamily> _families = [];
    private string? _comment;

    /// <summary>True once <see cref="ResyncAsync"/> made the tables for every family that <paramref name="delta"/> touches.</summary>
    public bool Covers(RuleDelta delta) => _families.Count > 0 && delta.Added.TrueForAll(element => _families.Contains(element.Family));

    /// <summary>Makes the table hold exactly <paramref name="everything"/>; a table of another layout is replaced.</summary>
    public async Task ResyncAsync(RuleDelta everything, CancellationToken cancellationToken)
    {
        _families.Add(IpFamily.V4);
        _families.UnionWith(everything.Added.Select(element => element.Family));
        _comment ??= await _routeLocalnet.CommentAsync(await ListAsync(IpFamily.V4, cancellationToken), cancellationToken);
        _knownChains.Clear();
        var result = await RunAsync(_script.Resync(everything, _families, _comment, replace: false), cancellationToken);
        if (result.ExitCode != 0) await ApplyAsync(_script.Resync(everything, _families, _comment, replace: true), cancellationToken);
        Remember(everything);
        await _routeLocalnet.EnableAsync(cancellationToken);
    }

    /// <summary>Changes only what <paramref name="delta"/> names.</summary>
    /// <exception cref="NftException">The table is not what it was thought to be; nothing changed.</exception>
    public async Task ChangeAsync(RuleDelta delta, CancellationToken cancellationToken)
    {
        await ApplyAsync(_script.Delta(delta, _knownChains), cancellationToken);
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
    public IReadOnlyCollection<IpFamily> Families => _families;

    /// <summary>Removes the table and puts the kernel's settings back; nothing to remove is no error.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        foreach (var family in IpFamily.All)
        {
            var listing = await ListAsync(family, cancellationToken);
            if (listing.Length == 0) continue;
            if (family == IpFamily.V4) await _routeLocalnet.RestoreAsync(listing, cancellationToken);
            await ApplyAsync($"delete table {family} {options.TableName}\n", cancellationToken);
        }

        _families.Clear();
        _knownChains.Clear();
    }

    private void Remember(RuleDelta delta)
    {
        foreach (var chain in delta.Balancers) _knownChains.Add(NftScript.ChainKey(chain.Family, chain.Name));
        foreach (var chain in delta.Recorders) _knownChains.Add(NftScript.ChainKey(chain.Family, chain.Name));
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
