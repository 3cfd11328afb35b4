using CsCheck;
using Xebec.Api.Core.V1;
using Xebec.Api.Meta.V1;
using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Cycle;
using Xebec.Scheduler.Framework;
using static Xebec.Scheduler.Tests.Sample;

namespace Xebec.Scheduler.Tests.Cycle;

/// <summary>What must hold of every decision, on random clusters. CsCheck prints the seed of a failure.</summary>
public sealed class SchedulingCycleTests
{
    private static readonly Gen<Node> Nodes = Gen.Select(
        Gen.Int[0, 9999], Gen.Int[1, 8], Gen.Int[1, 16], Gen.Int[1, 8], Gen.Int[0, 3], Gen.Int[0, 9], static (id, cpu, memory, pods, zone, kind) =>
            Node($"node-{id}", $"{cpu}", $"{memory}Gi", pods, node =>
            {
                if (zone > 0)
                    node.Metadata.Labels["zone"] = $"{zone}";
                node.Spec.Unschedulable = kind == 0;
                if (kind == 1)
                    node.Spec.Taints.Add(new Taint { Key = "k", Effect = "NoSchedule" });
                if (kind == 2)
                    node.Spec.Taints.Add(new Taint { Key = "k", Effect = "PreferNoSchedule" });
            }));

    private static readonly Gen<(int Cpu, int Memory, int Priority, int Kind, int App)> Shapes =
        Gen.Select(Gen.Int[0, 3000], Gen.Int[0, 4096], Gen.Int[0, 3], Gen.Int[0, 9], Gen.Int[0, 2]);

    [Fact]
    public void A_decision_passes_every_filter_and_nothing_is_overcommitted() => Gen.Select(Nodes.Array[1, 12], Shapes.Array[1, 40], Gen.ULong).Sample((nodes, shapes, seed) =>
    {
        var (cache, cycle, snapshot) = NewCluster(nodes);
        var start = 0;
        for (var i = 0; i < shapes.Length; i++)
        {
            var pod = PodOf(i, shapes[i]);
            cache.UpdateSnapshot(snapshot);
            var decision = cycle.Schedule(pod, snapshot, seed + (ulong)i, start);
            start = decision.NextStartNode;
            if (decision.Diagnosis is not null)
                continue;
            Assert.Equal(decision.NodeName, OnlyOn(pod, snapshot, decision.NodeName));
            cache.Assume(pod, decision.NodeName);
        }

        cache.UpdateSnapshot(snapshot);
        foreach (var node in snapshot.Nodes)
            AssertWithinLimits(node);
    }, iter: 300);

    [Fact]
    public void What_is_remembered_never_changes_an_answer() => Gen.Select(Nodes.Array[1, 12], Shapes.Array[1, 40], Gen.ULong).Sample((nodes, shapes, seed) =>
    {
        var (cache, cycle, snapshot) = NewCluster(nodes);
        for (var i = 0; i < shapes.Length; i++)
        {
            var pod = PodOf(i, shapes[i]);
            cache.UpdateSnapshot(snapshot);
            var decision = cycle.Schedule(pod, snapshot, seed, i);
            var fresh = new SchedulingCycle(Scheduling.NewProfile()).Schedule(pod, Snapshot.Of(snapshot.Objects, snapshot.Nodes), seed, i);
            Assert.Equal((fresh.NodeName, fresh.Diagnosis?.Message), (decision.NodeName, decision.Diagnosis?.Message));
            if (decision.Diagnosis is null)
                cache.Assume(pod, decision.NodeName);
            if (i % 3 == 2)
                cache.RemovePod(PodOf(i - 1, shapes[i - 1]).Name);
            if (i % 7 == 6)
                cache.RemoveNode(nodes[i % nodes.Length].Metadata.Name);
            if (i % 7 == 3)
                cache.SetNode(nodes[i % nodes.Length]);
        }
    }, iter: 200);

    [Fact]
    public void Preemption_frees_enough_and_takes_no_one_in_vain() => Gen.Select(Nodes.Array[1, 6], Shapes.Array[1, 40], Shapes, Gen.ULong).Sample((nodes, shapes, shape, seed) =>
    {
        var (cache, cycle, snapshot) = NewCluster(nodes);
        for (var i = 0; i < shapes.Length; i++)
        {
            cache.UpdateSnapshot(snapshot);
            if (cycle.Schedule(PodOf(i, shapes[i]), snapshot, seed, 0) is { Diagnosis: null } decision)
                cache.Assume(PodOf(i, shapes[i]), decision.NodeName);
        }

        var pod = PodOf(1000, shape with { Priority = 5 });
        cache.UpdateSnapshot(snapshot);
        if (cycle.Schedule(pod, snapshot, seed, 0).Preemption is not { Victims.Length: > 0 } room)
            return;
        var victims = room.Victims;
        Assert.All(victims, v => Assert.True(v.Priority < pod.Priority));
        var emptied = snapshot.Nodes[snapshot.IndexOf(room.NominatedNodeName!)];
        foreach (var victim in victims)
            emptied = emptied.Without(victim);
        Assert.Equal(room.NominatedNodeName, OnlyOn(pod, With(snapshot, emptied), room.NominatedNodeName!));
        foreach (var victim in victims)
            Assert.Equal("", OnlyOn(pod, With(snapshot, emptied.With(victim)), room.NominatedNodeName!));
    }, iter: 300);

    [Fact]
    public void The_same_seed_makes_the_same_choice_and_others_choose_among_equals()
    {
        var nodes = Enumerable.Range(0, 10).Select(i => NodeInfo(Node($"n{i}"))).ToArray();
        var snapshot = Snapshot.Of(null, nodes);
        string Choose(ulong seed) => new SchedulingCycle(Scheduling.NewProfile()).Schedule(Info("p"), snapshot, seed, 0).NodeName;
        Assert.Equal(Choose(7), Choose(7));
        Assert.Equal(10, Enumerable.Range(0, 100).Select(i => Choose((ulong)i)).Distinct().Count());
    }

    [Theory]
    [InlineData(50, 50)]
    [InlineData(100, 100)]
    [InlineData(1000, 420)]
    [InlineData(5000, 500)]
    [InlineData(6000, 300)]
    public void Large_clusters_are_sampled(int nodes, int expected) => Assert.Equal(expected, NodeSampling.NodesToFind(nodes));

    [Fact]
    public void The_next_search_begins_where_the_last_one_ended()
    {
        var nodes = Enumerable.Range(0, 300).Select(i => NodeInfo(Node($"n{i}"))).ToArray();
        var decision = Scheduling.Decide(Info("p"), null, nodes);
        Assert.Equal(NodeSampling.NodesToFind(300), decision.NextStartNode);
    }

    private static (SchedulerCache Cache, SchedulingCycle Cycle, Snapshot Snapshot) NewCluster(Node[] nodes)
    {
        var selectors = Enumerable.Range(0, 3).Select(i => new LabelSelector { MatchLabels = { ["app"] = $"{i}" } }).ToArray();
        var objects = new ClusterObjects { DefaultSelector = pod => selectors[int.Parse(pod.Metadata.Labels["app"])] };
        var cache = new SchedulerCache();
        foreach (var node in nodes)
            cache.SetNode(node);
        return (cache, new SchedulingCycle(Scheduling.NewProfile()), new Snapshot { Objects = objects });
    }

    private static PodInfo PodOf(int i, (int Cpu, int Memory, int Priority, int Kind, int App) shape) =>
        Info($"pod-{i}", $"{shape.Cpu}m", $"{shape.Memory}Mi", shape.Priority, pod =>
        {
            var selector = new LabelSelector { MatchLabels = { ["app"] = $"{shape.App}" } };
            var term = new PodAffinityTerm { TopologyKey = shape.Cpu % 2 == 0 ? "zone" : "kubernetes.io/hostname", LabelSelector = selector };
            pod.Metadata.Labels["app"] = $"{shape.App}";
            if (shape.Kind is 0 or 1)
                pod.Spec.TopologySpreadConstraints.Add(new TopologySpreadConstraint
                    { MaxSkew = 1, TopologyKey = term.TopologyKey, WhenUnsatisfiable = shape.Kind == 0 ? "DoNotSchedule" : "ScheduleAnyway", LabelSelector = selector });
            if (shape.Kind == 2)
                pod.Spec.Affinity = new Affinity { PodAntiAffinity = new PodAntiAffinity { RequiredDuringSchedulingIgnoredDuringExecution = [term] } };
            if (shape.Kind == 3)
                pod.Spec.Affinity = new Affinity { PodAffinity = new PodAffinity { RequiredDuringSchedulingIgnoredDuringExecution = [term] } };
            if (shape.Kind == 4)
                pod.Spec.Affinity = new Affinity { PodAntiAffinity = new PodAntiAffinity { PreferredDuringSchedulingIgnoredDuringExecution = [new WeightedPodAffinityTerm { Weight = 50, PodAffinityTerm = term }] } };
            if (shape.Kind == 5)
                pod.Spec.Containers[0].Ports.Add(new ContainerPort { HostPort = 80 });
            if (shape.Kind == 6)
                pod.Spec.Tolerations.Add(new Toleration { Key = "k", Operator = "Exists" });
            if (shape.Kind == 7)
                pod.Spec.NodeSelector["zone"] = "1";
        });

    /// <summary>The node's name when the filters, run afresh, take the pod on it; else empty.</summary>
    private static string OnlyOn(PodInfo pod, Snapshot snapshot, string nodeName)
    {
        var profile = Scheduling.NewProfile();
        var state = new CycleState();
        var skipped = new bool[profile.OtherFilters.Length];
        foreach (var plugin in profile.PreFilter)
        {
            if (plugin.PreFilter(state, pod, snapshot).Status is { Code: StatusCode.Skip } && Array.IndexOf(profile.OtherFilters, plugin) is >= 0 and var at)
                skipped[at] = true;
        }

        var node = snapshot.Nodes[snapshot.IndexOf(nodeName)];
        return NodeFilter.Run(profile, state, pod, node, [], skipped) is null ? nodeName : "";
    }

    private static Snapshot With(Snapshot snapshot, NodeInfo changed)
    {
        var nodes = snapshot.Nodes.ToArray();
        nodes[snapshot.IndexOf(changed.Name)] = changed;
        return Snapshot.Of(snapshot.Objects, nodes);
    }

    private static void AssertWithinLimits(NodeInfo node)
    {
        Assert.True(node.Requested.MilliCpu <= node.Allocatable.MilliCpu);
        Assert.True(node.Requested.MemoryBytes <= node.Allocatable.MemoryBytes);
        Assert.True(node.Pods.Length <= node.AllowedPods);
        Assert.True(node.UsedPorts.Length <= 1);
        Assert.Equal(node.Requested.MilliCpu, node.Pods.Sum(p => p.Requests.MilliCpu));
    }
}
