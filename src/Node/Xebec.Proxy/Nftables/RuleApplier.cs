using Microsoft.Extensions.Logging;
using Xebec.Proxy.Rules;

namespace Xebec.Proxy.Nftables;

/// <summary>Keeps the kernel's table equal to the Services it is told about; one caller at a time.</summary>
internal sealed partial class RuleApplier(ProxyOptions options, NodeCommands commands, ILogger logger)
{
    private readonly ServiceMap _services = new(options.NodeName);
    private readonly NftTable _table = new(options, commands);
    private readonly Conntrack _conntrack = new(commands);
    private bool _inSync;

    /// <summary>True while the table is known to stand for the Services.</summary>
    public bool IsInSync => _inSync;

    /// <summary>Takes in changed Services (null: gone); without a change nothing is run.</summary>
    /// <exception cref="NftException">Even a full rebuild was refused: call again, it starts with a rebuild.</exception>
    public async Task ApplyAsync(IReadOnlyCollection<KeyValuePair<string, ServiceState?>> changes, CancellationToken cancellationToken)
    {
        var delta = _services.Update(changes);
        if (delta.IsEmpty && _inSync) return;
        if (delta.NeedsRebuild || !_table.Covers(delta)) _inSync = false;
        if (_inSync) _inSync = await TryChangeAsync(delta, cancellationToken);
        if (!_inSync)
        {
            await _table.ResyncAsync(_services.Rebuild(), cancellationToken);
            delta.AffinityChanged = _inSync = true;
        }

        if (delta.AffinityChanged) await ForgetClientsAsync(cancellationToken);
        await _conntrack.ForgetAsync(delta.StaleUdp, cancellationToken);
    }

    /// <summary>Removes the table.</summary>
    public Task RemoveAsync(CancellationToken cancellationToken)
    {
        _inSync = false;
        return _table.RemoveAsync(cancellationToken);
    }

    private async Task<bool> TryChangeAsync(RuleDelta delta, CancellationToken cancellationToken)
    {
        try
        {
            await _table.ChangeAsync(delta, cancellationToken);
            return true;
        }
        catch (NftException e)
        {
            LogRebuild(e.Message);
            return false;
        }
    }

    private async Task<bool> TryForgetAsync(RuleDelta stale, CancellationToken cancellationToken)
    {
        try
        {
            await _table.ChangeAsync(stale, cancellationToken);
            return true;
        }
        catch (NftException)
        {
            return false;
        }
    }

    // An entry may expire between listing and deleting, which fails the transaction: then list again.
    private async Task ForgetClientsAsync(CancellationToken cancellationToken)
    {
        foreach (var family in _table.Families)
        {
            for (var attempt = 0; attempt < 5; attempt++)
            {
                var listing = await _table.ListAffinityAsync(family, cancellationToken);
                var stale = new RuleDelta();
                stale.Removed.AddRange(StaleAffinity.Find(listing, family, _services.Elements));
                if (stale.Removed.Count == 0 || await TryForgetAsync(stale, cancellationToken)) break;
            }
        }
    }

    [LoggerMessage(5101, LogLevel.Warning, "Service rules were not what they should be, rebuilding the table: {error}")]
    private partial void LogRebuild(string error);
}
