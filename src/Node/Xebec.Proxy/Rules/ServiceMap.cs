namespace Xebec.Proxy.Rules;

/// <summary>The Services the table stands for; turns changed Services into the smallest change of the table. One writer.</summary>
internal sealed class ServiceMap(string nodeName)
{
    private readonly Dictionary<string, ServiceState> _states = [];
    private RuleLedger _ledger = new();

    /// <summary>Every element the table must hold.</summary>
    public IEnumerable<RuleElement> Elements => _ledger.Elements;

    /// <summary>Takes in the new state of some Services (null: gone) and says what changes.</summary>
    public RuleDelta Update(IReadOnlyCollection<KeyValuePair<string, ServiceState?>> changes)
    {
        var delta = new RuleDelta();
        var pending = new List<(ServiceRules Before, ServiceRules After)>(changes.Count);
        foreach (var (key, after) in changes)
        {
            var before = _states.GetValueOrDefault(key);
            if (after is null) _states.Remove(key);
            else _states[key] = after;
            pending.Add((ServiceRulesBuilder.Build(before, nodeName), ServiceRulesBuilder.Build(after, nodeName)));
        }

        foreach (var (before, after) in pending) Remove(before, after, delta);
        foreach (var (before, after) in pending) Add(before, after, delta);
        delta.NeedsRebuild = _ledger.HasContested && delta.Removed.Count > 0;
        return delta;
    }

    /// <summary>Everything the table must hold, built anew from the states.</summary>
    public RuleDelta Rebuild()
    {
        var delta = new RuleDelta();
        _ledger = new();
        foreach (var (_, state) in _states.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            Add(ServiceRules.None, ServiceRulesBuilder.Build(state, nodeName), delta);
        }

        delta.StaleUdp.Clear();
        return delta;
    }

    private void Remove(ServiceRules before, ServiceRules after, RuleDelta delta)
    {
        foreach (var element in before.Elements)
        {
            if (after.Elements.Contains(element) || !_ledger.Remove(element)) continue;
            delta.Removed.Add(element);
            if (before.Recorders.Count > 0) delta.AffinityChanged = true;
        }

        foreach (var binding in before.UdpBindings)
        {
            if (!after.UdpBindings.Contains(binding)) delta.StaleUdp.Add(binding);
        }
    }

    private void Add(ServiceRules before, ServiceRules after, RuleDelta delta)
    {
        foreach (var element in after.Elements)
        {
            if (!before.Elements.Contains(element) && _ledger.Add(element)) delta.Added.Add(element);
        }

        delta.Balancers.UnionWith(after.Balancers);
        delta.Recorders.UnionWith(after.Recorders);
    }
}
