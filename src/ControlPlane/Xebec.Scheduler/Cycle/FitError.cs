using System.Text;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Cycle;

/// <summary>Writes why a pod fits on no node: 0/3 nodes are available: 1 Insufficient cpu, 2 node(s) were unschedulable.</summary>
internal static class FitError
{
    /// <param name="nodes">How many nodes there are.</param>
    /// <param name="statuses">Why each that was looked at does not fit; null for those that were not.</param>
    /// <param name="absent">Why those that were not looked at do not fit; null leaves them out.</param>
    public static string Message(int nodes, ReadOnlySpan<Status?> statuses, Status? absent)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var status in statuses)
        {
            foreach (var reason in (status ?? absent)?.Reasons ?? [])
                counts[reason] = counts.GetValueOrDefault(reason) + 1;
        }

        var lines = counts.Select(c => $"{c.Value} {c.Key}").Order(StringComparer.Ordinal).ToArray();
        var text = new StringBuilder($"0/{nodes} nodes are available:");
        return lines.Length == 0 ? text.ToString() : text.Append(' ').AppendJoin(", ", lines).Append('.').ToString();
    }

    /// <summary>When a plugin rejected the pod before any node was looked at.</summary>
    public static string Message(int nodes, Status rejection) => $"0/{nodes} nodes are available: {rejection.Message}.";
}
