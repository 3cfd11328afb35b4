using Xebec.Api.Core.V1;
using Xebec.Client;

namespace Xebec.Kubelet.Tests;

/// <summary>The node was silent for a while and others wrote of it what was true then; its agent takes that back.</summary>
public sealed class KubeletOverruledTests
{
    [Fact]
    public async Task ANodeThatIsCalledUnknownSaysSoonThatItIsReady()
    {
        await using var harness = new KubeletHarness();
        await harness.StartAsync();
        var node = await harness.Client.GetAsync<Node>("", "node-1");
        var ready = node.Status.Conditions.Find(c => c.Type == NodeConditionType.Ready)!;
        (ready.Status, ready.Reason) = ("Unknown", "NodeStatusUnknown");
        await harness.Client.UpdateStatusAsync(node);
        var since = harness.Time.GetUtcNow();
        await harness.UntilAsync(async () => (await harness.Client.GetAsync<Node>("", "node-1")).Status.Conditions.Exists(
            c => c is { Type: "Ready", Status: "True", Reason: "KubeletReady" }));
        Assert.InRange(harness.Time.GetUtcNow() - since, TimeSpan.Zero, TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task APodThatIsCalledNotReadyIsReadyAgain()
    {
        await using var harness = new KubeletHarness();
        await harness.StartAsync();
        await harness.CreateAsync(Pods.New("web", Pods.Container("app")));
        for (var times = 0; times < 3; times++)
        {
            var pod = await harness.PodAsync("web", Pods.IsReady);
            pod.Status.Conditions.Find(c => c.Type == PodConditionType.Ready)!.Status = "False";
            pod = await harness.Client.UpdateStatusAsync(pod);
            await harness.PodAsync("web", p => Pods.IsReady(p) && ResourceVersions.Of(p) > ResourceVersions.Of(pod));
        }
    }
}
