namespace Xebec.Proxy.Rules;

/// <summary>Everything one Service contributes to the table.</summary>
internal sealed class ServiceRules
{
    public static readonly ServiceRules None = new();

    public HashSet<RuleElement> Elements { get; } = [];

    public HashSet<BalancerChain> Balancers { get; } = [];

    public HashSet<RecorderChain> Recorders { get; } = [];

    public HashSet<UdpBinding> UdpBindings { get; } = [];
}
