using Xebec.Api.Apps.V1;
using Xebec.Api.Core.V1;
using Xebec.ApiMachinery;
using Xebec.Kubelet.Runtime.Fake;
using Xebec.Testing.Nodes;

namespace Xebec.Testing.Tests.Nodes;

public sealed class SimulatedNodeTests
{
    [Fact]
    public async Task RunADeploymentAndRollItOut()
    {
        await using var cluster = await TestCluster.StartAsync(new TestClusterOptions { Nodes = 2 });
        var deployment = await cluster.Client().CreateAsync(Samples.Deployment("web", 3));
        deployment = await cluster.WaitForAsync<Deployment>("default", "web", d => d.Status.AvailableReplicas == 3);
        deployment.Spec.Template.Spec.Containers[0].Image = "web:2";
        await cluster.Client().UpdateAsync(deployment);
        await cluster.WaitForAllAsync<Pod>("default", pods => pods.Count == 3 && pods.All(p =>
            p.Spec.Containers[0].Image == "web:2" && p.Status.ContainerStatuses.TrueForAll(c => c.Ready)));
    }

    [Fact]
    public async Task ContainersEndAsTheTestSays()
    {
        await using var cluster = await TestCluster.StartAsync(new TestClusterOptions
        {
            Nodes = 1,
            ContainerBehavior = config => config.Image == "failing:1"
                ? new FakeContainerBehavior { RunsFor = TimeSpan.Zero, ExitCode = 3 }
                : FakeContainerBehavior.FromCommand(config),
        });
        var pod = Samples.Pod("failing", "failing:1");
        pod.Spec.RestartPolicy = "Never";
        await cluster.Client().CreateAsync(pod);
        pod = await cluster.WaitForAsync<Pod>("default", "failing", p => p.Status.Phase == "Failed");
        Assert.Equal(3, pod.Status.ContainerStatuses[0].State!.Terminated!.ExitCode);
    }

    [Fact]
    public async Task ProbesOverTheNetworkAreAnsweredByTheTest()
    {
        var isReady = false;
        await using var cluster = await TestCluster.StartAsync(new TestClusterOptions
        {
            Nodes = 1,
            ContainerBehavior = _ => new FakeContainerBehavior
            {
                NetworkProbe = (port, path) => port == 8080 && path == "/ready" && Volatile.Read(ref isReady) ? null : "not yet",
            },
        });
        var pod = Samples.Pod("probed");
        pod.Spec.Containers[0].ReadinessProbe = new Probe
        {
            PeriodSeconds = 5,
            HttpGet = new HTTPGetAction { Path = "/ready", Port = new IntOrString(8080) },
        };
        await cluster.Client().CreateAsync(pod);
        pod = await cluster.WaitForAsync<Pod>("default", "probed", p => p.Status.Phase == "Running");
        Assert.False(pod.Status.ContainerStatuses[0].Ready);
        Volatile.Write(ref isReady, true);
        var ready = cluster.WaitForAsync<Pod>("default", "probed", p => p.Status.ContainerStatuses.TrueForAll(c => c.Ready));
        await cluster.Time.AdvanceAsync(TimeSpan.FromSeconds(10));
        await ready;
    }

    [Fact]
    public async Task ANodeThatGoesSilentIsNotReadyAndLosesItsPods()
    {
        await using var cluster = await TestCluster.StartAsync(new TestClusterOptions { Nodes = 2 });
        await cluster.Client().CreateAsync(Samples.Deployment("web", 1));
        var pods = await cluster.WaitForAllAsync<Pod>("default", p => p.Count == 1 && p[0].Status.Phase == "Running");
        var lost = cluster.Nodes.Single(n => n.Name == pods[0].Spec.NodeName);
        await lost.StopAsync();
        await cluster.Time.AdvanceAsync(TimeSpan.FromMinutes(1));
        await cluster.WaitForAsync<Node>("", lost.Name, n => n.Status.Conditions.Exists(c => c is { Type: "Ready", Status: "Unknown" }));
        await cluster.Time.AdvanceAsync(TimeSpan.FromMinutes(6));
        await cluster.WaitForAllAsync<Pod>(
            "default", all => all.Any(p => p.Spec.NodeName != lost.Name && p.Status.Phase == "Running" && p.Metadata.DeletionTimestamp is null));
    }

    [Fact]
    public async Task HaveTheLabelsAndTheSizeAskedFor()
    {
        await using var cluster = await TestCluster.StartAsync();
        var nodes = await cluster.AddNodesAsync(2, new SimulatedNodeOptions
        {
            NamePrefix = "gpu-", Cpus = 2, MemoryBytes = 4L << 30, Labels = new Dictionary<string, string> { ["zone"] = "a" },
        });
        Assert.Equal(["gpu-1", "gpu-2"], nodes.Select(n => n.Name));
        var node = await cluster.Client().GetAsync<Node>("", "gpu-2");
        Assert.Equal("a", node.Metadata.Labels["zone"]);
        Assert.Equal("2", node.Status.Capacity["cpu"].ToString());
    }
}
