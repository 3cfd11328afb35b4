namespace Xebec.Proxy.Rules;

/// <summary>What one transaction has to change.</summary>
internal sealed class RuleDelta
{
    /// <summary>Elements to delete, before <see cref="Added"/>.</summary>
    public List<RuleElement> Removed { get; } = [];

    public List<RuleElement> Added { get; } = [];

    /// <summary>Chains the added elements go to.</summary>
    public HashSet<BalancerChain> Balancers { get; } = [];

    public HashSet<RecorderChain> Recorders { get; } = [];

    /// <summary>UDP flows to forget once the transaction holds.</summary>
    public List<UdpBinding> StaleUdp { get; } = [];

    /// <summary>An endpoint of a Service with session affinity went away.</summary>
    public bool AffinityChanged { get; set; }

    /// <summary>Two Services claimed one address and one of them changed: only a rebuild settles who has it.</summary>
    public bool NeedsRebuild { get; set; }

    public bool IsEmpty => Removed.Count == 0 && Added.Count == 0 && !NeedsRebuild;
}
