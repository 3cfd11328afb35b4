using Xebec.Api.Core.V1;
using Xebec.Kubelet.Pleg;
using Xebec.Kubelet.Probes;
using Xebec.Kubelet.Status;
using Xebec.Kubelet.Tests.PodWorkers;
using State = Xebec.Kubelet.Runtime.ContainerState;

namespace Xebec.Kubelet.Tests.Status;

public sealed class PodStatusGeneratorTests
{
    private readonly ProbeResults _probes = new();

    [Fact]
    public void ANewPodWaitsForItsContainers()
    {
        var status = Generate(Pods.New("web", Pods.Container("a")), RuntimePod.Empty("u1"));
        Assert.Equal(PodPhase.Pending, status.Phase);
        Assert.Equal("ContainerCreating", status.ContainerStatuses[0].State.Waiting!.Reason);
        Assert.Equal("containers with unready status: [a]", Condition(status, PodConditionType.Ready).Message);
        Assert.Equal("False", Condition(status, PodConditionType.PodReadyToStartContainers).Status);
        Assert.Equal("True", Condition(status, PodConditionType.Initialized).Status);
    }

    [Fact]
    public void APodWithInitContainersIsInitializing()
    {
        var pod = Pods.New("web", Pods.Container("a")).With(p => p.Spec.InitContainers = [Pods.Container("i")]);
        var status = Generate(pod, new Observations().Sandbox().Container("i", State.Running).Build());
        Assert.Equal("PodInitializing", status.ContainerStatuses[0].State.Waiting!.Reason);
        Assert.Equal("containers with incomplete status: [i]", Condition(status, PodConditionType.Initialized).Message);
        Assert.Equal(PodPhase.Pending, status.Phase);
    }

    [Fact]
    public void ARunningPodIsReadyAndHasItsAddress()
    {
        var status = Generate(Pods.New("web", Pods.Container("a")), new Observations().Sandbox().Container("a", State.Running).Build());
        Assert.Equal(PodPhase.Running, status.Phase);
        Assert.Equal("10.244.0.5", status.PodIP);
        Assert.Equal("True", Condition(status, PodConditionType.Ready).Status);
        Assert.True(status.ContainerStatuses[0].Started);
    }

    [Fact]
    public void AHostNetworkPodHasTheNodesAddress()
    {
        var pod = Pods.New("web", Pods.Container("a")).With(p => p.Spec.HostNetwork = true);
        Assert.Equal("10.0.0.1", Generate(pod, new Observations().Sandbox(ip: "").Container("a", State.Running).Build()).PodIP);
    }

    [Theory]
    [InlineData(RestartPolicy.Always, 0, PodPhase.Running)]
    [InlineData(RestartPolicy.OnFailure, 0, PodPhase.Succeeded)]
    [InlineData(RestartPolicy.OnFailure, 1, PodPhase.Running)]
    [InlineData(RestartPolicy.Never, 0, PodPhase.Succeeded)]
    [InlineData(RestartPolicy.Never, 1, PodPhase.Failed)]
    public void ThePhaseOfAnExitedPod(string policy, int exitCode, string phase)
    {
        var pod = Pods.New("web", Pods.Container("a")).With(p => p.Spec.RestartPolicy = policy);
        Assert.Equal(phase, Generate(pod, new Observations().Sandbox().Container("a", State.Exited, exitCode).Build()).Phase);
    }

    [Fact]
    public void ACrashLoopShowsWhyItWaitsAndHowItEnded()
    {
        var pod = Pods.New("web", Pods.Container("a"));
        var observed = new Observations().Sandbox().Container("a", State.Exited, 3, attempt: 2).Build();
        var reasons = new Dictionary<string, WaitReason> { ["a"] = new("CrashLoopBackOff", "back-off") };
        var status = Generate(pod, observed, reasons).ContainerStatuses[0];
        Assert.Equal("CrashLoopBackOff", status.State.Waiting!.Reason);
        Assert.Equal(("Error", 3), (status.LastState.Terminated!.Reason, status.LastState.Terminated.ExitCode));
        Assert.Equal(2, status.RestartCount);
    }

    [Fact]
    public void AStartupProbeHoldsBackStartedAndReady()
    {
        var container = Pods.Container("a");
        container.StartupProbe = new Probe();
        var pod = Pods.New("web", container);
        var observed = new Observations().Sandbox().Container("a", State.Running).Build();
        Assert.Equal((false, false), StartedReady(Generate(pod, observed)));
        _probes.Set("a-0", ProbeKind.Startup, ProbeOutcome.Success);
        Assert.Equal((true, true), StartedReady(Generate(pod, observed)));
    }

    [Fact]
    public void AReadinessGateHoldsBackOnlyThePod()
    {
        var pod = Pods.New("web", Pods.Container("a")).With(p => p.Spec.ReadinessGates = [new PodReadinessGate { ConditionType = "x/y" }]);
        var status = Generate(pod, new Observations().Sandbox().Container("a", State.Running).Build());
        Assert.Equal("True", Condition(status, PodConditionType.ContainersReady).Status);
        Assert.Equal("ReadinessGatesNotReady", Condition(status, PodConditionType.Ready).Reason);
    }

    [Fact]
    public void ATransitionTimeMovesOnlyWithItsStatus()
    {
        var pod = Pods.New("web", Pods.Container("a"));
        var observed = new Observations().Sandbox().Container("a", State.Running).Build();
        var first = Generate(pod, RuntimePod.Empty("u1"));
        var second = Generate(pod, observed, previous: first, now: Observations.Start.AddSeconds(9));
        Assert.Equal(Observations.Start, Condition(second, PodConditionType.Initialized).LastTransitionTime);
        Assert.Equal(Observations.Start.AddSeconds(9), Condition(second, PodConditionType.Ready).LastTransitionTime);
    }

    [Fact]
    public void APatchHasOnlyWhatDiffersAndIsNullForNothing()
    {
        var pod = Pods.New("web", Pods.Container("a"));
        var first = Generate(pod, RuntimePod.Empty("u1"));
        var second = Generate(pod, new Observations().Sandbox().Container("a", State.Running).Build(), previous: first);
        Assert.Null(StatusPatch.Build("u1", second, second.DeepClone()));
        var patch = StatusPatch.Build("u1", first, second)!;
        var names = patch.GetObject("status")!.Select(m => m.Key).Order();
        Assert.Equal(["conditions", "containerStatuses", "phase", "podIP", "podIPs"], names);
        Assert.Equal("u1", patch.GetObject("metadata")!.GetString("uid"));
    }

    [Theory]
    [InlineData("", "", PodQOSClass.BestEffort)]
    [InlineData("1", "", PodQOSClass.Burstable)]
    [InlineData("1", "1", PodQOSClass.Guaranteed)]
    [InlineData("", "1", PodQOSClass.Guaranteed)]
    [InlineData("1", "2", PodQOSClass.Burstable)]
    public void TheQualityOfServiceClass(string request, string limit, string expected)
    {
        var container = Pods.Container("a");
        foreach (var name in (string[])["cpu", "memory"])
        {
            if (request.Length > 0)
                container.Resources.Requests[name] = ApiMachinery.Quantities.Quantity.Parse(request);
            if (limit.Length > 0)
                container.Resources.Limits[name] = ApiMachinery.Quantities.Quantity.Parse(limit);
        }

        Assert.Equal(expected, QosClasses.Of(Pods.New("web", container)));
    }

    private static (bool?, bool) StartedReady(PodStatus status) => (status.ContainerStatuses[0].Started, status.ContainerStatuses[0].Ready);

    private static PodCondition Condition(PodStatus status, string type) => status.Conditions.Find(c => c.Type == type)!;

    private PodStatus Generate(
        Pod pod, RuntimePod observed, Dictionary<string, WaitReason>? reasons = null, PodStatus? previous = null,
            DateTimeOffset? now = null) =>
        PodStatusGenerator.Generate(new PodStatusInput(pod, previous ?? pod.Status, observed, _probes, now ?? Observations.Start)
        {
            WaitReasons = reasons ?? [],
            NodeIp = "10.0.0.1",
        });
}
