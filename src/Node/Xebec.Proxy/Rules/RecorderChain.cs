namespace Xebec.Proxy.Rules;

/// <summary>A chain that remembers which endpoint a client was sent to; Services with the same timeout share it.</summary>
internal readonly record struct RecorderChain(IpFamily Family, string Protocol, int TimeoutSeconds)
{
    /// <summary>For example record-tcp-10800.</summary>
    public string Name => $"record-{Protocol}-{TimeoutSeconds}";

    // nft 1.0.6 knows the type of "ct original proto-dst" only after a match on the protocol.
    /// <summary>The one rule of the chain.</summary>
    public string Rule =>
        $"meta l4proto {Protocol} update @{RuleMaps.Affinity} {{ ct original {Family} saddr . ct original {Family} daddr"
        + $" . meta l4proto . ct original proto-dst timeout {TimeoutSeconds}s : {Family} daddr . {Protocol} dport }}";
}
