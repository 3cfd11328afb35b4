using Xebec.Api.Apps.V1;
using Xebec.Api.Core.V1;
using Xebec.Client;

namespace Xebec.ControllerManager.Tests.Controllers.Deployments;

public sealed class DeploymentControllerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Conformance("[sig-apps] Deployment RollingUpdateDeployment should delete old pods and create new ones")]
    [Conformance("[sig-apps] Deployment should run the lifecycle of a Deployment")]
    public async Task RollsOutUpdatesUndoesAndScales(bool overRealServer)
    {
        await using var running = overRealServer ? await RunningControllers.OverRealServerAsync() : new RunningControllers();
        if (overRealServer)
            await running.Client.CreateAsync(new Namespace { Metadata = { Name = "ns" } });
        await running.Client.CreateAsync(Sample.Deployment(3));
        await running.RollOutAsync(3, "web:1");
        Assert.Equal("1", await RevisionAsync(running));

        await SetImageAsync(running, "web:2");
        await running.RollOutAsync(3, "web:2");
        Assert.Equal("2", await RevisionAsync(running));
        Assert.Equal(2, (await running.Client.ListAsync<ReplicaSet>("ns")).Items.Count);

        await SetImageAsync(running, "web:1");
        await running.RollOutAsync(3, "web:1");
        Assert.Equal("3", await RevisionAsync(running));
        var first = (await running.Client.ListAsync<ReplicaSet>("ns"))
            .Items.Single(r => r.Spec.Template.Spec.Containers[0].Image == "web:1");
        Assert.Equal("1", first.Metadata.Annotations["deployment.kubernetes.io/revision-history"]);

        await running.Client.PatchAsync<Deployment>("ns", "web", Patch.Merge("{\"spec\":{\"replicas\":1}}"));
        await running.RollOutAsync(1, "web:1");
        var events = await running.UntilAsync<Event>("ns", e => e.Exists(i => i.Message.EndsWith("from 3 to 1", StringComparison.Ordinal)));
        Assert.Contains(events, e => e is { Reason: "SuccessfulCreate", InvolvedObject.Kind: "ReplicaSet" });
    }

    [Fact]
    public async Task APausedDeploymentWaits()
    {
        await using var running = new RunningControllers();
        var paused = Sample.Deployment(2);
        paused.Spec.Paused = true;
        await running.Client.CreateAsync(paused);
        await running.UntilAsync<Deployment>(
            "ns", d => d[0].Status.Conditions.Exists(c => c is { Reason: "DeploymentPaused", Status: "Unknown" }));
        Assert.Empty((await running.Client.ListAsync<ReplicaSet>("ns")).Items);
        await running.Client.PatchAsync<Deployment>("ns", "web", Patch.Merge("{\"spec\":{\"paused\":false}}"));
        await running.RollOutAsync(2, "web:1");
    }

    [Fact]
    [Conformance("[sig-apps] ReplicaSet should adopt matching pods on creation and release no longer matching pods")]
    public async Task ADeletedPodIsReplacedAndAnOrphanAdopted()
    {
        await using var running = new RunningControllers();
        await running.Client.CreateAsync(Sample.Deployment(2));
        await running.RollOutAsync(2, "web:1");
        var pods = (await running.Client.ListAsync<Pod>("ns")).Items;
        await running.Client.DeleteAsync<Pod>("ns", pods[0].Metadata.Name);
        await running.UntilAsync<Pod>("ns", p => p.Count == 2 && p.TrueForAll(x => x.Metadata.Name != pods[0].Metadata.Name));
        await running.Client.PatchAsync<Pod>("ns", pods[1].Metadata.Name, Patch.Merge("{\"metadata\":{\"ownerReferences\":null}}"));
        await running.UntilAsync<Pod>(
            "ns", p => p.Exists(x => x.Metadata.Name == pods[1].Metadata.Name && x.Metadata.OwnerReferences.Count == 1));
    }

    private static Task SetImageAsync(RunningControllers running, string image)
    {
        var ports = "[{\"name\":\"http\",\"containerPort\":80,\"protocol\":\"TCP\"}]";
        var containers = $"[{{\"name\":\"web\",\"image\":\"{image}\",\"ports\":{ports}}}]";
        var patch = $"{{\"spec\":{{\"template\":{{\"spec\":{{\"containers\":{containers}}}}}}}}}";
        return running.Client.PatchAsync<Deployment>("ns", "web", Patch.Merge(patch));
    }

    private static async Task<string> RevisionAsync(RunningControllers running) =>
        (await running.Client.GetAsync<Deployment>("ns", "web")).Metadata.Annotations["deployment.kubernetes.io/revision"];
}
