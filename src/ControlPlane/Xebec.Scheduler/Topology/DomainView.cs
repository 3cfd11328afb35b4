using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Topology;

/// <summary>Counts by domain as they would be with some nodes changed: what preemption tries out.</summary>
internal sealed class DomainView(DomainCounts counts)
{
    private Dictionary<string, int>? _changes;

    public string TopologyKey => counts.TopologyKey;

    /// <summary>Whether no pod counts anywhere.</summary>
    public bool IsEmpty => counts.Total + (_changes?.Values.Sum() ?? 0) == 0;

    public DomainView Clone() => new(counts) { _changes = _changes is null ? null : new(_changes, StringComparer.Ordinal) };

    public int CountIn(string value) => counts.CountIn(value) + (_changes?.GetValueOrDefault(value) ?? 0);

    /// <summary>The fewest pods that any domain has, and how many domains there are.</summary>
    public (int Fewest, int Domains) Smallest()
    {
        var (fewest, domains) = (int.MaxValue, 0);
        foreach (var (value, _) in counts.Domains())
        {
            fewest = Math.Min(fewest, CountIn(value));
            domains++;
        }

        return (domains == 0 ? 0 : fewest, domains);
    }

    public void ReplaceNode(NodeInfo before, NodeInfo after)
    {
        if (!before.Labels.TryGetValue(TopologyKey, out var value))
            return;
        _changes ??= new(StringComparer.Ordinal);
        _changes[value] = _changes.GetValueOrDefault(value) + counts.CountOf(after) - counts.CountOf(before);
    }
}
