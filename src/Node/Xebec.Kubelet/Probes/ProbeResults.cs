using System.Collections.Concurrent;

namespace Xebec.Kubelet.Probes;

/// <summary>The newest outcome of every probe by container id. Read without a lock.</summary>
internal sealed class ProbeResults
{
    private readonly ConcurrentDictionary<(string ContainerId, ProbeKind Kind), ProbeOutcome> _outcomes = new();

    public ProbeOutcome Liveness(string containerId) => Get(containerId, ProbeKind.Liveness);

    public ProbeOutcome Readiness(string containerId) => Get(containerId, ProbeKind.Readiness);

    public ProbeOutcome Startup(string containerId) => Get(containerId, ProbeKind.Startup);

    public ProbeOutcome Get(string containerId, ProbeKind kind) =>
        _outcomes.TryGetValue((containerId, kind), out var outcome) ? outcome : ProbeOutcome.Unknown;

    /// <summary>Stores an outcome; whether it differs from the one before.</summary>
    public bool Set(string containerId, ProbeKind kind, ProbeOutcome outcome)
    {
        var before = Get(containerId, kind);
        _outcomes[(containerId, kind)] = outcome;
        return before != outcome;
    }

    public void Remove(string containerId, ProbeKind kind) => _outcomes.TryRemove((containerId, kind), out _);
}
