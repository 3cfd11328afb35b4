using Xebec.Api.Core.V1;
using Xebec.Client;
using Xebec.Kubelet.Runtime;
using Xebec.Kubelet.Runtime.Fake;
using Container = Xebec.Api.Core.V1.Container;

namespace Xebec.Kubelet.Tests;

/// <summary>The whole agent over a fake runtime.</summary>
public sealed class KubeletTests
{
    [Fact]
    public async Task RegistersTheNodeAndRenewsItsLease()
    {
        await using var harness = new KubeletHarness();
        await harness.StartAsync();
        var node = await harness.Client.GetAsync<Node>("", "node-1");
        Assert.Equal("True", node.Status.Conditions.Find(c => c.Type == NodeConditionType.Ready)!.Status);
        Assert.Equal("110", node.Status.Capacity["pods"].ToString());
        Assert.Contains(node.Status.Addresses, a => a is { Type: "InternalIP", Address: "10.0.0.1" });
        await harness.UntilAsync(async () =>
            (await harness.Client.ListAsync<Api.Coordination.V1.Lease>(
                "kube-node-lease")).Items is [{ Spec.HolderIdentity: "node-1" } lease] &&
            lease.Spec.RenewTime > harness.Time.Start.AddSeconds(10));
    }

    [Fact]
    public async Task RunsABoundPodAndReportsIt()
    {
        await using var harness = new KubeletHarness();
        await harness.StartAsync();
        await harness.CreateAsync(Pods.New("web", Pods.Container("app")));
        var pod = await harness.PodAsync("web", Pods.IsReady);
        Assert.Equal(PodPhase.Running, pod.Status.Phase);
        Assert.Equal("10.0.0.1", pod.Status.HostIP);
        Assert.StartsWith("10.244.", pod.Status.PodIP, StringComparison.Ordinal);
        var status = Assert.Single(pod.Status.ContainerStatuses);
        Assert.NotNull(status.State.Running);
        Assert.StartsWith("fake://", status.ContainerID, StringComparison.Ordinal);
        Assert.Equal(PodQOSClass.BestEffort, pod.Status.QosClass);
        await harness.UntilAsync(async () =>
            (await harness.EventsAsync()).Select(e => e.Reason).ToHashSet().IsSupersetOf(["Pulling", "Pulled", "Created", "Started"]));
    }

    [Fact]
    public async Task RestartsACrashedContainerWithBackOff()
    {
        await using var harness = new KubeletHarness();
        harness.Runtime.Behavior = _ => new FakeContainerBehavior { RunsFor = TimeSpan.FromSeconds(1), ExitCode = 3 };
        await harness.StartAsync();
        await harness.CreateAsync(Pods.New("web", Pods.Container("app")));
        var waiting = await harness.PodAsync("web", p => p.Status.ContainerStatuses is [{ State.Waiting.Reason: "CrashLoopBackOff" }]);
        var status = waiting.Status.ContainerStatuses[0];
        Assert.Equal(3, status.LastState.Terminated!.ExitCode);
        Assert.StartsWith("back-off 10s restarting failed container=app", status.State.Waiting!.Message, StringComparison.Ordinal);
        await harness.PodAsync("web", p => p.Status.ContainerStatuses is [{ RestartCount: >= 3 }]);
    }

    [Fact]
    [Conformance("[sig-node] InitContainer [NodeConformance] should invoke init containers on a RestartAlways pod")]
    public async Task RunsInitContainersInOrderBeforeTheOthers()
    {
        await using var harness = new KubeletHarness();
        await harness.StartAsync();
        await harness.CreateAsync(Pods.New("web", Pods.Container("app")).With(p =>
            p.Spec.InitContainers = [Pods.Container("first", "true"), Pods.Container("second", "sleep", "1")]));
        var pod = await harness.PodAsync("web", Pods.IsReady);
        Assert.All(pod.Status.InitContainerStatuses, s => Assert.Equal("Completed", s.State.Terminated!.Reason));
        var started = (await harness.Runtime.ListContainersAsync()).OrderBy(c => c.CreatedAt).Select(c => c.Metadata.Name);
        Assert.Equal(["first", "second", "app"], started);
    }

    [Fact]
    public async Task CompletesAPodThatMustNotRestart()
    {
        await using var harness = new KubeletHarness();
        await harness.StartAsync();
        await harness.CreateAsync(Pods.New("job", Pods.Container("app", "true")).With(p => p.Spec.RestartPolicy = RestartPolicy.Never));
        var pod = await harness.PodAsync("job", p => p.Status.Phase == PodPhase.Succeeded);
        Assert.Equal("Completed", pod.Status.ContainerStatuses[0].State.Terminated!.Reason);
        Assert.Equal("PodCompleted", pod.Status.Conditions.Find(c => c.Type == PodConditionType.Ready)!.Reason);
    }

    [Fact]
    public async Task AdoptsRunningContainersAfterItsRestart()
    {
        await using var harness = new KubeletHarness();
        await harness.StartAsync();
        await harness.CreateAsync(Pods.New("web", Pods.Container("app")));
        var before = await harness.PodAsync("web", Pods.IsReady);
        await harness.StopAsync();
        await harness.StartAsync();
        await harness.CreateAsync(Pods.New("next", Pods.Container("app")));
        await harness.PodAsync("next", Pods.IsReady);
        var after = await harness.PodAsync("web", Pods.IsReady);
        Assert.Equal(before.Status.ContainerStatuses[0].ContainerID, after.Status.ContainerStatuses[0].ContainerID);
        Assert.Equal(0, after.Status.ContainerStatuses[0].RestartCount);
    }

    [Fact]
    public async Task DeletesGracefullyAndLeavesNothing()
    {
        await using var harness = new KubeletHarness();
        await harness.StartAsync();
        await harness.CreateAsync(Pods.New("web", Pods.Container("app")).With(p => p.Metadata.Finalizers = ["test/hold"]));
        await harness.PodAsync("web", Pods.IsReady);
        const string Deletion = """{"metadata":{"deletionTimestamp":"2026-01-01T00:00:30Z","deletionGracePeriodSeconds":30}}""";
        await harness.Client.PatchAsync<Pod>("default", "web", Patch.Merge(Deletion));
        await harness.UntilAsync(
            () => Task.FromResult(harness.Api.Requests.ToArray().Contains("DELETE /api/v1/namespaces/default/pods/web")));
        Assert.NotNull((await harness.PodAsync("web", p => true)).Status.ContainerStatuses[0].State.Terminated);
        await harness.Client.PatchAsync<Pod>("default", "web", Patch.Merge("""{"metadata":{"finalizers":null}}"""));
        await harness.UntilAsync(async () => (await harness.Runtime.ListPodSandboxesAsync()).Count == 0);
        Assert.Empty(await harness.Runtime.ListContainersAsync());
    }

    [Fact]
    public async Task StopsWhatTheApiDoesNotKnow()
    {
        await using var harness = new KubeletHarness();
        var labels = new Dictionary<string, string> { ["io.kubernetes.pod.uid"] = "lost" };
        var config = new PodSandboxConfig(new PodSandboxMetadata("lost", "default", "lost")) { Labels = labels };
        await harness.Runtime.RunPodSandboxAsync(config);
        await harness.StartAsync();
        await harness.UntilAsync(async () => (await harness.Runtime.ListPodSandboxesAsync()).Count == 0);
    }

    [Fact]
    public async Task ShowsWhyAnImageCannotBePulled()
    {
        await using var harness = new KubeletHarness();
        harness.Runtime.PullError = _ => new RuntimeException(RuntimeErrorCode.NotFound, "no such image");
        await harness.StartAsync();
        await harness.CreateAsync(Pods.New("web", Pods.Container("app")));
        await harness.PodAsync(
            "web", p => p.Status.ContainerStatuses is [{ State.Waiting: { Reason: "ErrImagePull", Message: "no such image" } }]);
        await harness.PodAsync("web", p => p.Status.ContainerStatuses is [{ State.Waiting.Reason: "ImagePullBackOff" }]);
        harness.Runtime.PullError = _ => null;
        await harness.PodAsync("web", Pods.IsReady);
    }

    [Fact]
    public async Task WaitsForAMissingConfigMap()
    {
        await using var harness = new KubeletHarness();
        await harness.StartAsync();
        var container = Pods.Container("app");
        container.EnvFrom = [new EnvFromSource { ConfigMapRef = new ConfigMapEnvSource { Name = "settings" } }];
        await harness.CreateAsync(Pods.New("web", container));
        await harness.PodAsync("web", p => p.Status.ContainerStatuses is
            [{ State.Waiting: { Reason: "CreateContainerConfigError", Message: "configmap \"settings\" not found" } }]);
        var settings = new ConfigMap { Data = { ["A"] = "1" } };
        (settings.Metadata.Name, settings.Metadata.Namespace) = ("settings", "default");
        await harness.Client.CreateAsync(settings);
        await harness.PodAsync("web", Pods.IsReady);
    }

    [Fact]
    public async Task FollowsAReadinessProbe()
    {
        await using var harness = new KubeletHarness();
        var isHealthy = false;
        harness.Runtime.Behavior = _ => new FakeContainerBehavior { Exec = _ => new ExecSyncResult(default, default, isHealthy ? 0 : 1) };
        await harness.StartAsync();
        var container = Pods.Container("app");
        container.ReadinessProbe = new Probe { Exec = new ExecAction { Command = ["check"] }, PeriodSeconds = 1, FailureThreshold = 1,
            SuccessThreshold = 1, TimeoutSeconds = 1 };
        await harness.CreateAsync(Pods.New("web", container));
        var pod = await harness.PodAsync("web", p => p.Status.Phase == PodPhase.Running);
        Assert.False(Pods.IsReady(pod));
        isHealthy = true;
        await harness.PodAsync("web", Pods.IsReady);
        isHealthy = false;
        await harness.PodAsync("web", p => !Pods.IsReady(p));
    }

    [Fact]
    [Conformance("[sig-node] Probing container should be restarted with a exec \"cat /tmp/health\" liveness probe [NodeConformance]")]
    public async Task RestartsAContainerWhoseLivenessProbeFails()
    {
        await using var harness = new KubeletHarness();
        harness.Runtime.Behavior = c => new FakeContainerBehavior { Exec = _ =>
            new ExecSyncResult(default, default, c.Metadata.Attempt == 0 ? 1 : 0) };
        await harness.StartAsync();
        var container = Pods.Container("app");
        container.LivenessProbe = new Probe { Exec = new ExecAction { Command = ["check"] }, PeriodSeconds = 1, FailureThreshold = 2,
            TimeoutSeconds = 1 };
        await harness.CreateAsync(Pods.New("web", container));
        await harness.PodAsync("web", p => Pods.IsReady(p) && p.Status.ContainerStatuses is [{ RestartCount: 1 }]);
        await harness.UntilAsync(async () => (await harness.EventsAsync()).Exists(e =>
            e is { Reason: "Killing", Message: "Container app failed liveness probe, will be restarted" }));
    }
}
