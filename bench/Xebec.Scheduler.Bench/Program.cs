using System.Diagnostics;
using Xebec.Scheduler.Bench;
using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Cycle;
using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Plugins;

// The pure core alone: snapshot, decision, assumed pod. Arguments: how many pods each run schedules.
var pods = args.Length > 0 ? int.Parse(args[0]) : 10_000;
Console.WriteLine("| nodes | pods of | pods/s | us of CPU a pod | KiB a pod |");
Console.WriteLine("|---|---|---|---|---|");
foreach (var kind in new[] { "deployments", "hard spread", "preferred anti-affinity" })
{
    foreach (var nodes in new[] { 1_000, 5_000 })
        Run(nodes, kind);
}

void Run(int nodes, string kind)
{
    var workload = new Workload(20, kind);
    var table = PluginTable.Default.Where(p => p.Name != "DefaultBinder").ToArray();
    var (cache, cycle) = (new SchedulerCache(), new SchedulingCycle(new Profile(table, null)));
    var snapshot = new Snapshot { Objects = new ClusterObjects { DefaultSelector = workload.SelectorOf } };
    for (var i = 0; i < nodes; i++)
        cache.SetNode(Workload.Node(i));
    var start = Schedule(workload, cache, cycle, snapshot, 0, 2_000, 0);
    var (allocated, clock) = (GC.GetTotalAllocatedBytes(), Stopwatch.StartNew());
    var cpu = Environment.CpuUsage.TotalTime;
    Schedule(workload, cache, cycle, snapshot, 2_000, pods, start);
    var (seconds, cpuSeconds) = (clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    Console.WriteLine($"| {nodes} | {kind} | {pods / seconds:F0} | {cpuSeconds * 1e6 / pods:F1} | {(GC.GetTotalAllocatedBytes() - allocated) / 1024.0 / pods:F1} |");
}

static int Schedule(Workload workload, SchedulerCache cache, SchedulingCycle cycle, Snapshot snapshot, int first, int count, int start)
{
    for (var i = first; i < first + count; i++)
    {
        var pod = workload.Pod(i);
        cache.UpdateSnapshot(snapshot);
        var decision = cycle.Schedule(pod, snapshot, (ulong)i, start);
        start = decision.NextStartNode;
        if (decision.Diagnosis is { } diagnosis)
            throw new InvalidOperationException(diagnosis.Message);
        cache.Assume(pod, decision.NodeName);
    }

    return start;
}
