using Xebec.Api.Core.V1;
using Xebec.Client;
using Xebec.Kubelet.Runtime;
using Xebec.Kubelet.Runtime.Fake;

namespace Xebec.Kubelet.Tests;

/// <summary>How pods end, and what else goes wrong with them.</summary>
public sealed class KubeletEndingTests
{
    [Fact]
    public async Task MakesANewSandboxWhenTheOldOneDied()
    {
        await using var harness = new KubeletHarness();
        await harness.StartAsync();
        await harness.CreateAsync(Pods.New("web", Pods.Container("app")));
        await harness.PodAsync("web", Pods.IsReady);
        harness.Runtime.KillSandbox((await harness.Runtime.ListPodSandboxesAsync())[0].Id);
        await harness.PodAsync("web", p => Pods.IsReady(p) && p.Status.ContainerStatuses is [{ RestartCount: 1 }]);
        await harness.UntilAsync(async () => (await harness.EventsAsync()).Exists(e => e.Reason == "SandboxChanged"));
    }

    [Fact]
    [Conformance("[sig-node] Pods should allow activeDeadlineSeconds to be updated [NodeConformance]")]
    public async Task FailsAPodPastItsDeadline()
    {
        await using var harness = new KubeletHarness();
        await harness.StartAsync();
        await harness.CreateAsync(Pods.New("job", Pods.Container("app")).With(p => p.Spec.ActiveDeadlineSeconds = 2));
        var pod = await harness.PodAsync("job", p => p.Status.Phase == PodPhase.Failed);
        Assert.Equal("DeadlineExceeded", pod.Status.Reason);
        await harness.PodAsync("job", p => p.Status.ContainerStatuses[0].State.Terminated is not null);
    }

    [Fact]
    [Conformance("[sig-node] PreStop should call prestop when killing a pod")]
    public async Task RunsThePreStopHookBeforeItStops()
    {
        await using var harness = new KubeletHarness();
        var ran = new List<string>();
        harness.Runtime.Behavior = _ => new FakeContainerBehavior
        {
            Exec = command =>
            {
                ran.Add(string.Join(' ', command));
                return new ExecSyncResult(default, default, 0);
            },
        };
        await harness.StartAsync();
        var container = Pods.Container("app");
        container.Lifecycle = new Lifecycle { PostStart = Exec("hello"), PreStop = Exec("goodbye") };
        await harness.CreateAsync(Pods.New("web", container).With(p => p.Metadata.Finalizers = ["test/hold"]));
        await harness.PodAsync("web", Pods.IsReady);
        Assert.Equal(["hello"], ran);
        await DeleteAsync(harness, "web", graceSeconds: 30);
        await harness.PodAsync("web", p => p.Status.ContainerStatuses[0].State.Terminated is not null);
        Assert.Equal(["hello", "goodbye"], ran);
    }

    [Fact]
    public async Task KillsSoonerWhenTheGraceIsShortened()
    {
        await using var harness = new KubeletHarness();
        harness.Runtime.Behavior = _ => new FakeContainerBehavior { StopTakes = null };
        await harness.StartAsync();
        await harness.CreateAsync(Pods.New("web", Pods.Container("app")).With(p => p.Metadata.Finalizers = ["test/hold"]));
        await harness.PodAsync("web", Pods.IsReady);
        await DeleteAsync(harness, "web", graceSeconds: 86_400);
        await harness.UntilAsync(async () => (await harness.EventsAsync()).Exists(e => e.Reason == "Killing"));
        await DeleteAsync(harness, "web", graceSeconds: 1);
        var pod = await harness.PodAsync("web", p => p.Status.ContainerStatuses[0].State.Terminated is not null);
        Assert.Equal(137, pod.Status.ContainerStatuses[0].State.Terminated!.ExitCode);
    }

    [Fact]
    public async Task KeepsASidecarRunningUntilTheOthersHaveEnded()
    {
        await using var harness = new KubeletHarness();
        await harness.StartAsync();
        var sidecar = Pods.Container("log");
        sidecar.RestartPolicy = ContainerRestartPolicy.Always;
        await harness.CreateAsync(Pods.New("job", Pods.Container("app", "sleep", "2")).With(p =>
            (p.Spec.RestartPolicy, p.Spec.InitContainers) = (RestartPolicy.Never, [sidecar])));
        await harness.PodAsync("job", p => p.Status.InitContainerStatuses is [{ Ready: true }] && Pods.IsReady(p));
        var pod = await harness.PodAsync(
            "job", p => p.Status.Phase == PodPhase.Succeeded && p.Status.InitContainerStatuses[0].State.Terminated is not null);
        Assert.Equal(0, pod.Status.InitContainerStatuses[0].RestartCount);
    }

    [Fact]
    public async Task RecoversWhenTheRuntimeIsAway()
    {
        await using var harness = new KubeletHarness();
        await harness.StartAsync();
        harness.Runtime.IsUnavailable = true;
        await harness.UntilAsync(async () => NodeReady(await harness.Client.GetAsync<Node>("", "node-1")) == "False");
        await harness.CreateAsync(Pods.New("web", Pods.Container("app")));
        harness.Runtime.IsUnavailable = false;
        await harness.PodAsync("web", Pods.IsReady);
        await harness.UntilAsync(async () => NodeReady(await harness.Client.GetAsync<Node>("", "node-1")) == "True");
    }

    private static string? NodeReady(Node node) => node.Status.Conditions.Find(c => c.Type == NodeConditionType.Ready)?.Status;

    private static LifecycleHandler Exec(string word) => new() { Exec = new ExecAction { Command = [word] } };

    private static Task DeleteAsync(KubeletHarness harness, string name, long graceSeconds)
    {
        var metadata = "{\"metadata\":{\"deletionTimestamp\":\"2026-01-01T00:00:30Z\",\"deletionGracePeriodSeconds\":" + graceSeconds + "}}";
        return harness.Client.PatchAsync<Pod>("default", name, Patch.Merge(metadata));
    }
}
