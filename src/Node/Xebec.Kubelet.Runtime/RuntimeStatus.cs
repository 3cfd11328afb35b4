namespace Xebec.Kubelet.Runtime;

/// <summary>The runtime's conditions, and the runtime handlers it offers (empty: only the default one is known).</summary>
public sealed record RuntimeStatus(IReadOnlyList<RuntimeCondition> Conditions)
{
    /// <summary>Names that a RuntimeClass may ask for.</summary>
    public IReadOnlyList<string> RuntimeHandlers { get; init; } = [];

    /// <summary>Whether containers can be run.</summary>
    public bool IsRuntimeReady => IsTrue(RuntimeCondition.RuntimeReady);

    /// <summary>Whether pods can get a network.</summary>
    public bool IsNetworkReady => IsTrue(RuntimeCondition.NetworkReady);

    private bool IsTrue(string type) => Conditions.Any(condition => condition.Type == type && condition.Status);
}
