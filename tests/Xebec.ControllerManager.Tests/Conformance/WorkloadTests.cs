using Xebec.Api.Apps.V1;
using Xebec.Api.Core.V1;
using Xebec.Api.Discovery.V1;
using Xebec.Client;
using Xebec.ControllerManager.Controllers.Nodes;

namespace Xebec.ControllerManager.Tests.Conformance;

/// <summary>What the list demands of Deployments, ReplicaSets, endpoints and taints, over the project's own API server.</summary>
public sealed class WorkloadTests
{
    [Fact]
    [Conformance("[sig-apps] Deployment RecreateDeployment should delete old pods and create new ones")]
    public async Task RecreateHasNoOldPodBesideANewOne()
    {
        await using var running = await StartAsync();
        var deployment = Sample.Deployment(2);
        deployment.Spec.Strategy = new DeploymentStrategy { Type = "Recreate" };
        await running.Client.CreateAsync(deployment);
        await running.RollOutAsync(2, "web:1");
        await SetImageAsync(running, "web:2");
        await running.UntilAsync<Pod>("ns", pods =>
        {
            Assert.False(pods.Exists(p => Image(p) == "web:1") && pods.Exists(p => Image(p) == "web:2"), "old and new pods exist together");
            return pods.TrueForAll(p => Image(p) == "web:2");
        });
        await running.RollOutAsync(2, "web:2");
    }

    [Fact]
    [Conformance("[sig-apps] Deployment deployment should delete old replica sets")]
    public async Task OldReplicaSetsBeyondTheHistoryGo()
    {
        await using var running = await StartAsync();
        var deployment = Sample.Deployment(1);
        deployment.Spec.RevisionHistoryLimit = 0;
        await running.Client.CreateAsync(deployment);
        await running.RollOutAsync(1, "web:1");
        await SetImageAsync(running, "web:2");
        await running.RollOutAsync(1, "web:2");
        await running.UntilAsync<ReplicaSet>("ns", sets => sets is [var only] && only.Spec.Template.Spec.Containers[0].Image == "web:2");
    }

    [Fact]
    [Conformance("[sig-apps] Deployment deployment should support rollover")]
    public async Task ALaterChangeRollsOverAnUnfinishedOne()
    {
        await using var running = await StartAsync();
        await running.Client.CreateAsync(Sample.Deployment(2));
        await running.RollOutAsync(2, "web:1");
        await SetImageAsync(running, "web:broken");
        await running.UntilAsync<Pod>("ns", pods => pods.Exists(p => Image(p) == "web:broken"));
        await SetImageAsync(running, "web:2");
        await running.RollOutAsync(2, "web:2");
        await running.UntilAsync<ReplicaSet>(
            "ns", sets => sets.Count == 3 && sets.TrueForAll(s => s.Spec.Replicas == (s.Spec.Template.Spec.Containers[0].Image == "web:2" ? 2 : 0)));
    }

    [Fact]
    [Conformance("[sig-apps] ReplicaSet Replace and Patch tests")]
    [Conformance("[sig-apps] ReplicaSet should adopt matching pods on creation and release no longer matching pods")]
    public async Task AReplicaSetAdoptsReleasesAndScales()
    {
        await using var running = await StartAsync();
        var template = Sample.Deployment(1).Spec;
        var orphan = Sample.Pod("orphan", node: "");
        orphan.Metadata.Labels = new(template.Template.Metadata.Labels);
        await running.Client.CreateAsync(orphan);
        var set = new ReplicaSet { Metadata = { Name = "rs", Namespace = "ns" } };
        (set.Spec.Replicas, set.Spec.Selector, set.Spec.Template) = (1, template.Selector, template.Template);
        await running.Client.CreateAsync(set);
        await running.UntilAsync<Pod>("ns", pods => pods is [{ Metadata: { Name: "orphan", OwnerReferences: [{ Kind: "ReplicaSet", Name: "rs" }] } }]);
        var label = template.Selector!.MatchLabels.Keys.First();
        await running.Client.PatchAsync<Pod>("ns", "orphan", Patch.Merge($"{{\"metadata\":{{\"labels\":{{\"{label}\":\"away\"}}}}}}"));
        await running.UntilAsync<Pod>(
            "ns", pods => pods.Count == 2 && pods.Exists(p => p.Metadata is { Name: "orphan", OwnerReferences.Count: 0 }));
        await running.Client.PatchAsync<ReplicaSet>("ns", "rs", Patch.Merge("{\"spec\":{\"replicas\":3}}"));
        await running.UntilAsync<Pod>("ns", pods => pods.Count(p => p.Metadata.OwnerReferences.Count == 1) == 3);
    }

    [Fact]
    [Conformance("[sig-network] EndpointSlice should create and delete Endpoints and EndpointSlices for a Service with a selector specified")]
    public async Task EndpointsGoWithTheirService()
    {
        await using var running = await StartAsync();
        var service = Sample.Service();
        service.Spec.ClusterIP = "";
        await running.Client.CreateAsync(service);
        await running.UntilAsync<EndpointSlice>("ns", slices => slices.Count == 1);
        await running.UntilAsync<Endpoints>("ns", endpoints => endpoints.Count == 1);
        await running.Client.DeleteAsync<Service>("ns", service.Metadata.Name);
        await running.UntilAsync<EndpointSlice>("ns", slices => slices.Count == 0);
        await running.UntilAsync<Endpoints>("ns", endpoints => endpoints.Count == 0);
    }

    [Fact]
    [Conformance("[sig-network] Services should serve multiport endpoints from pods")]
    public async Task EachPortHasThePodsThatNameIt()
    {
        await using var running = await StartAsync();
        var service = new Service { Metadata = { Name = "multi", Namespace = "ns" }, Spec = { Selector = { ["app"] = "multi" } } };
        service.Spec.Ports.Add(new ServicePort { Name = "one", Port = 80, TargetPort = "portname1" });
        service.Spec.Ports.Add(new ServicePort { Name = "two", Port = 81, TargetPort = "portname2" });
        await running.Client.CreateAsync(service);
        await running.UntilAsync<Endpoints>("ns", all => all is [{ Subsets.Count: 0 }]);
        await CreatePodAsync(running, "pod1", "portname1", 100);
        await running.UntilAsync<Endpoints>("ns", all => Ports(all) == "100");
        await CreatePodAsync(running, "pod2", "portname2", 101);
        await running.UntilAsync<Endpoints>("ns", all => Ports(all) == "100 101");
        await running.Client.DeleteAsync<Pod>("ns", "pod1");
        await running.UntilAsync<Endpoints>("ns", all => Ports(all) == "101");
        await running.Client.DeleteAsync<Pod>("ns", "pod2");
        await running.UntilAsync<Endpoints>("ns", all => Ports(all).Length == 0);
    }

    [Fact]
    [Conformance("[sig-node] NoExecuteTaintManager Single Pod [Serial] removing taint cancels eviction [Disruptive]")]
    public void ATaintThatIsRemovedEvictsNobody()
    {
        var pod = Sample.Pod("p");
        pod.Spec.Tolerations = [new Toleration { Key = "k", Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 60 }];
        var node = new Node { Metadata = { Name = "n" }, Spec = { Taints = [new Taint { Key = "k", Effect = "NoExecute", TimeAdded = Sample.Now }] } };
        Assert.Equal(Sample.Now.AddSeconds(60), TaintEviction.LeaveAt(pod, node, Sample.Now));
        node.Spec.Taints.Clear();
        Assert.Null(TaintEviction.LeaveAt(pod, node, Sample.Now.AddSeconds(59)));
    }

    private static string Image(Pod pod) => pod.Spec.Containers[0].Image;

    private static string Ports(List<Endpoints> all) => string.Join(
        ' ', all.SelectMany(e => e.Subsets).Where(s => s.Addresses.Count > 0).SelectMany(s => s.Ports).Select(p => p.Port).Order());

    private static async Task CreatePodAsync(RunningControllers running, string name, string port, int number)
    {
        var pod = Sample.Pod(name, node: "n");
        pod.Metadata.Labels["app"] = "multi";
        pod.Spec.Containers[0].Ports = [new ContainerPort { Name = port, ContainerPortValue = number }];
        pod.Status = new PodStatus();
        await running.MakeReadyAsync(await running.Client.CreateAsync(pod));
    }

    private static Task SetImageAsync(RunningControllers running, string image) => running.Client.PatchAsync<Deployment>(
        "ns", "web", Patch.Merge($"{{\"spec\":{{\"template\":{{\"spec\":{{\"containers\":[{{\"name\":\"web\",\"image\":\"{image}\"}}]}}}}}}}}"));

    private static async Task<RunningControllers> StartAsync()
    {
        var running = await RunningControllers.OverRealServerAsync();
        await running.Client.CreateAsync(new Namespace { Metadata = { Name = "ns" } });
        await running.UntilAsync<ServiceAccount>("ns", accounts => accounts.Count == 1);
        return running;
    }
}
