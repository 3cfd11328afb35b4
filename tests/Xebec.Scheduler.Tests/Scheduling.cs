using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Cycle;
using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Plugins;

namespace Xebec.Scheduler.Tests;

/// <summary>The pure core with all plugins.</summary>
internal static class Scheduling
{
    public static readonly PluginRegistration[] Table = PluginTable.Default.Where(p => p.Name != "DefaultBinder").ToArray();

    public static Profile NewProfile() => new(Table, null);

    public static Decision Decide(PodInfo pod, ClusterObjects? objects, params NodeInfo[] nodes) =>
        new SchedulingCycle(NewProfile()).Schedule(pod, Snapshot.Of(objects, nodes), seed: 1, startNode: 0);

    public static string NodeFor(PodInfo pod, params NodeInfo[] nodes) => Decide(pod, null, nodes).NodeName;

    /// <summary>Why the pod does not fit, without what preemption says.</summary>
    public static string ReasonFor(PodInfo pod, params NodeInfo[] nodes) => Reason(Decide(pod, null, nodes));

    public static string Reason(Decision decision)
    {
        var message = decision.Diagnosis?.Message ?? $"fits on {decision.NodeName}";
        var help = message.IndexOf(" no new claims", StringComparison.Ordinal);
        return help < 0 ? message : message[..help];
    }
}
