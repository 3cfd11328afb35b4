using CsCheck;
using Xebec.Client;
using Xebec.Scheduler.Cache;
using static Xebec.Scheduler.Tests.Sample;

namespace Xebec.Scheduler.Tests.Cache;

public sealed class SchedulerCacheTests
{
    [Fact]
    public void Pods_of_a_node_that_is_not_known_yet_are_counted_when_it_comes()
    {
        var (cache, snapshot) = (new SchedulerCache(), new Snapshot());
        cache.SetPod(Info("a", "1", change: p => p.Spec.NodeName = "late"));
        cache.SetNode(Node("late"));
        cache.UpdateSnapshot(snapshot);
        Assert.Equal(1000, snapshot.Nodes[0].Requested.MilliCpu);
    }

    [Fact]
    public void An_assumed_pod_can_be_forgotten_until_it_is_bound()
    {
        var (cache, snapshot) = (new SchedulerCache(), new Snapshot());
        cache.SetNode(Node("n"));
        cache.Assume(Info("a", "1"), "n");
        Assert.True(cache.Forget(Info("a", "1")));
        Assert.False(cache.Forget(Info("a", "1")));
        cache.Assume(Info("b", "1"), "n");
        cache.SetPod(Info("b", "1", change: p => p.Spec.NodeName = "n"));
        Assert.False(cache.Forget(Info("b", "1")));
        cache.UpdateSnapshot(snapshot);
        Assert.Equal("b", Assert.Single(snapshot.Nodes[0].Pods).Name.Name);
    }

    [Fact]
    public void A_snapshot_brought_up_to_date_equals_a_fresh_one() => Gen.Select(Gen.Int[0, 5], Gen.Int[0, 4], Gen.Int[0, 9]).Array[1, 120].Sample(steps =>
    {
        var (cache, kept) = (new SchedulerCache(), new Snapshot());
        var (nodes, pods) = (new HashSet<string>(), new Dictionary<string, string>());
        foreach (var (what, n, p) in steps)
        {
            var (node, pod) = ($"n{n}", $"p{p}");
            if (what == 0 && nodes.Add(node))
                cache.SetNode(Node(node));
            else if (what == 1 && nodes.Remove(node))
                cache.RemoveNode(node);
            else if (what is 2 or 3)
            {
                cache.SetPod(Info(pod, "1", change: x => x.Spec.NodeName = node));
                pods[pod] = node;
            }
            else if (what == 4)
            {
                cache.RemovePod(new NamespacedName("default", pod));
                pods.Remove(pod);
            }
            else
                cache.UpdateSnapshot(kept);
        }

        cache.UpdateSnapshot(kept);
        var seen = kept.Nodes.ToArray().ToDictionary(i => i.Name, i => string.Join(' ', i.Pods.Select(x => x.Name.Name).Order(StringComparer.Ordinal)));
        var expected = nodes.ToDictionary(n => n, n => string.Join(' ', pods.Where(x => x.Value == n).Select(x => x.Key).Order(StringComparer.Ordinal)));
        Assert.Equal(expected.OrderBy(x => x.Key), seen.OrderBy(x => x.Key));
        for (var i = 0; i < kept.Count; i++)
            Assert.Equal(i, kept.IndexOf(kept.Nodes[i].Name));
        Assert.All(Enumerable.Range(0, 5).Select(i => $"n{i}").Except(nodes), n => Assert.Equal(-1, kept.IndexOf(n)));
    }, iter: 500);
}
