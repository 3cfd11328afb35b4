using System.Diagnostics;
using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Cycle;
using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Plugins;

namespace Xebec.Scheduler.Bench;

/// <summary>The pure core alone: snapshot, decision, assumed pod.</summary>
internal static class CoreBench
{
    private const int WarmUp = 2_000;

    public static void Run(int pods)
    {
        Console.WriteLine("| nodes | pods of | pods/s | us of CPU a pod | KiB a pod |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var kind in new[] { "deployments", "hard spread", "preferred anti-affinity" })
        {
            foreach (var nodes in new[] { 1_000, 5_000 })
                Run(nodes, kind, pods);
        }
    }

    private static void Run(int nodes, string kind, int pods)
    {
        var workload = new Workload(20, kind);
        var table = PluginTable.Default.Where(p => p.Name != "DefaultBinder").ToArray();
        var (cache, cycle) = (new SchedulerCache(), new SchedulingCycle(new Profile(table, null)));
        var snapshot = new Snapshot { Objects = new ClusterObjects { DefaultSelector = workload.SelectorOf } };
        for (var i = 0; i < nodes; i++)
            cache.SetNode(Workload.Node(i));
        var start = Schedule(workload, cache, cycle, snapshot, 0, WarmUp, 0);
        var (allocated, clock, cpu) = (GC.GetTotalAllocatedBytes(), Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        Schedule(workload, cache, cycle, snapshot, WarmUp, pods, start);
        var (seconds, cpuSeconds) = (clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
        var kib = (GC.GetTotalAllocatedBytes() - allocated) / 1024.0 / pods;
        Console.WriteLine($"| {nodes} | {kind} | {pods / seconds:F0} | {cpuSeconds * 1e6 / pods:F1} | {kib:F1} |");
    }

    private static int Schedule(Workload workload, SchedulerCache cache, SchedulingCycle cycle, Snapshot snapshot, int first, int count, int start)
    {
        for (var i = first; i < first + count; i++)
        {
            var pod = new PodInfo(workload.Pod(i));
            cache.UpdateSnapshot(snapshot);
            var decision = cycle.Schedule(pod, snapshot, (ulong)i, start);
            start = decision.NextStartNode;
            if (decision.Diagnosis is { } diagnosis)
                throw new InvalidOperationException(diagnosis.Message);
            cache.Assume(pod, decision.NodeName);
        }

        return start;
    }
}
