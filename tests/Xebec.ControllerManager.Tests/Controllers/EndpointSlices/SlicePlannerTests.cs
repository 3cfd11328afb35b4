using CsCheck;
using Xebec.Api.Core.V1;
using Xebec.Api.Discovery.V1;
using Xebec.ControllerManager.Controllers.Endpoints;
using Xebec.ControllerManager.Controllers.EndpointSlices;

namespace Xebec.ControllerManager.Tests.Controllers.EndpointSlices;

public sealed class SlicePlannerTests
{
    private static readonly SlicePlanner Planner = new(Sample.Service(), _ => null);

    [Fact]
    public void AServiceWithoutPodsHasAnEmptySlice()
    {
        var slice = Assert.Single(Planner.Make([], []).Create);
        Assert.Empty(slice.Endpoints);
        Assert.Equal("web", slice.Metadata.Labels["kubernetes.io/service-name"]);
        Assert.Equal("endpointslice-controller.k8s.io", slice.Metadata.Labels["endpointslice.kubernetes.io/managed-by"]);
        Assert.Empty(Planner.Make([], [slice]).Update);
    }

    [Fact]
    public void ConditionsFollowThePod()
    {
        var leaving = Sample.Pod("leaving");
        leaving.Metadata.DeletionTimestamp = Sample.Now;
        var endpoints = Planner.Make([Sample.Pod("a"), Sample.Pod("starting", isReady: false), leaving], []).Create[0].Endpoints;
        Assert.Equal([(true, true, false), (false, false, false), (false, true, true)],
            endpoints.Select(e => (e.Conditions.Ready!.Value, e.Conditions.Serving!.Value, e.Conditions.Terminating!.Value)));
        Assert.Equal((80, "http"), (endpoints.Count > 0 ? Planner.Make([Sample.Pod("a")], []).Create[0].Ports[0].Port!.Value : 0, "http"));
    }

    [Fact]
    public void ThePlaceholderBecomesTheFirstSlice()
    {
        var placeholder = Planner.Make([], []).Create[0];
        placeholder.Metadata.Name = "web-abc";
        var plan = Planner.Make([Sample.Pod("a")], [placeholder]);
        Assert.Empty(plan.Create);
        Assert.Empty(plan.Delete);
        Assert.Equal("web-abc", Assert.Single(plan.Update).Metadata.Name);
    }

    /// <summary>After any pod changes the slices hold exactly the pods, none over 100, and a second look changes nothing.</summary>
    [Fact]
    public void SlicesHoldExactlyThePodsAndSettle() => Gen.Int[0, 350].Array[1, 6].Sample(
        counts =>
        {
            List<EndpointSlice> slices = [];
            foreach (var count in counts)
            {
                List<Pod> pods = [.. Enumerable.Range(count / 3, count).Select(i => Sample.Pod($"pod{i}"))];
                Apply(slices, Planner.Make(pods, slices));
                Assert.Equal(pods.Select(p => p.Metadata.Uid).Order(),
                    slices.SelectMany(s => s.Endpoints).Select(e => e.TargetRef!.Uid).Order());
                Assert.All(slices, s => Assert.True(s.Endpoints.Count <= 100));
                var again = Planner.Make(pods, slices);
                Assert.Equal((0, 0, 0), (again.Create.Count, again.Update.Count, again.Delete.Count));
            }
        },
        iter: 60);

    [Fact]
    public void EndpointsSeparateReadyFromNotReady()
    {
        var (subsets, _) = EndpointsPlan.Make(Sample.Service(), [Sample.Pod("a"), Sample.Pod("bb", isReady: false)]);
        var subset = Assert.Single(subsets);
        Assert.Equal(("10.0.0.1", "10.0.0.2", 80), (subset.Addresses[0].Ip, subset.NotReadyAddresses[0].Ip, subset.Ports[0].Port));
    }

    private static void Apply(List<EndpointSlice> slices, SlicePlan plan)
    {
        slices.RemoveAll(s => plan.Delete.Contains(s));
        foreach (var update in plan.Update)
            slices[slices.FindIndex(s => s.Metadata.Name == update.Metadata.Name)] = update;
        foreach (var created in plan.Create)
        {
            created.Metadata.Name = $"web-{Guid.NewGuid():n}";
            slices.Add(created);
        }
    }
}
