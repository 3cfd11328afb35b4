using CsCheck;
using Xebec.Api.Core.V1;
using Xebec.Kubelet.Pleg;
using Xebec.Kubelet.PodWorkers;
using Xebec.Kubelet.Probes;
using Xebec.Kubelet.Runtime;
using Container = Xebec.Api.Core.V1.Container;
using State = Xebec.Kubelet.Runtime.ContainerState;

namespace Xebec.Kubelet.Tests.PodWorkers;

public sealed class PodActionPlannerTests
{
    private readonly ProbeResults _probes = new();

    [Fact]
    public void ANewPodGetsASandboxAndAllItsContainers()
    {
        var actions = Plan(Pods.New("web", Pods.Container("a"), Pods.Container("b")), RuntimePod.Empty("u1"));
        Assert.True(actions is { CreateSandbox: true, KillPod: false, SandboxAttempt: 0 });
        Assert.Equal("a b", Starts(actions));
    }

    [Fact]
    public void ADeadSandboxIsReplacedAndTheRestKilled()
    {
        var observed = new Observations().Sandbox(ready: false).Container("a", State.Exited, 137).Build();
        var actions = Plan(Pods.New("web", Pods.Container("a")), observed);
        Assert.True(actions is { CreateSandbox: true, KillPod: true, SandboxAttempt: 1 });
        Assert.Equal("a", Starts(actions));
    }

    [Fact]
    public void ADeadSandboxOfAPodThatNeverRestartsIsNotReplaced()
    {
        var observed = new Observations().Sandbox(ready: false).Container("a", State.Exited, 137).Build();
        var actions = Plan(Restarting(RestartPolicy.Never, Pods.Container("a")), observed);
        Assert.True(actions is { CreateSandbox: false, KillPod: true });
    }

    [Fact]
    public void ARunningPodIsLeftAlone()
    {
        var observed = new Observations().Sandbox().Container("a", State.Running).Build();
        var actions = Plan(Pods.New("web", Pods.Container("a")), observed);
        Assert.True(actions is { KillPod: false, CreateSandbox: false, Kill.Count: 0, Start.Count: 0 });
    }

    [Theory]
    [InlineData(RestartPolicy.Always, 0, "a", false)]
    [InlineData(RestartPolicy.Always, 1, "a", false)]
    [InlineData(RestartPolicy.OnFailure, 1, "a", false)]
    [InlineData(RestartPolicy.OnFailure, 0, "", true)]
    [InlineData(RestartPolicy.Never, 1, "", true)]
    [InlineData(RestartPolicy.Never, 0, "", true)]
    public void AnExitedContainerRestartsByThePolicy(string policy, int exitCode, string starts, bool killPod)
    {
        var observed = new Observations().Sandbox().Container("a", State.Exited, exitCode).Build();
        var actions = Plan(Restarting(policy, Pods.Container("a")), observed);
        Assert.Equal(starts, Starts(actions));
        Assert.Equal(killPod, actions.KillPod);
    }

    [Fact]
    public void AContainerRuleOverrulesThePolicy()
    {
        var container = Pods.Container("a");
        container.RestartPolicy = ContainerRestartPolicy.Never;
        container.RestartPolicyRules =
            [new() { Action = "Restart", ExitCodes = new() { Operator = "In", Values = [42] } }];
        var pod = Restarting(RestartPolicy.Never, container);
        Assert.Equal("a", Starts(Plan(pod, new Observations().Sandbox().Container("a", State.Exited, 42).Build())));
        Assert.Equal("", Starts(Plan(pod, new Observations().Sandbox().Container("a", State.Exited, 1).Build())));
    }

    [Fact]
    public void AChangedDefinitionRestartsTheContainerWhateverThePolicy()
    {
        var observed = new Observations().Sandbox().Container("a", State.Running, hash: "old").Build();
        var actions = Plan(Restarting(RestartPolicy.Never, Pods.Container("a")), observed);
        Assert.Equal("Container a definition changed, will be restarted", Assert.Single(actions.Kill).Message);
        Assert.Equal("a", Starts(actions));
    }

    [Fact]
    public void AFailedLivenessProbeKillsAndRestarts()
    {
        _probes.Set("a-0", ProbeKind.Liveness, ProbeOutcome.Failure);
        var container = Pods.Container("a");
        container.LivenessProbe = new Probe { TerminationGracePeriodSeconds = 7 };
        var observed = new Observations().Sandbox().Container("a", State.Running).Build();
        var actions = Plan(Pods.New("web", container), observed);
        Assert.Equal(7, Assert.Single(actions.Kill).GracePeriodSeconds);
        Assert.Equal("a", Starts(actions));
    }

    [Fact]
    public void AnInitContainerRunsBeforeTheOthers()
    {
        var pod = WithInit(Pods.New("web", Pods.Container("a")), Pods.Container("i1"), Pods.Container("i2"));
        Assert.Equal("i1", Starts(Plan(pod, RuntimePod.Empty("u1"))));
        Assert.Equal("i1", Starts(Plan(pod, new Observations().Sandbox().Build())));
        Assert.Equal("", Starts(Plan(pod, new Observations().Sandbox().Container("i1", State.Running).Build())));
        Assert.Equal("i2", Starts(Plan(pod, new Observations().Sandbox().Container("i1", State.Exited).Build())));
        var done = new Observations().Sandbox().Container("i1", State.Exited).Container("i2", State.Exited).Build();
        Assert.Equal("a", Starts(Plan(pod, done)));
    }

    [Fact]
    [Conformance("[sig-node] InitContainer [NodeConformance] should not start app containers and fail the pod if init containers fail on a RestartNever pod")]
    [Conformance("[sig-node] InitContainer [NodeConformance] should not start app containers if init containers fail on a RestartAlways pod")]
    public void AFailedInitContainerRestartsUnlessThePolicyIsNever()
    {
        var observed = new Observations().Sandbox().Container("i1", State.Exited, 1).Build();
        var pod = WithInit(Pods.New("web", Pods.Container("a")), Pods.Container("i1"));
        Assert.Equal("i1", Starts(Plan(pod, observed)));
        pod.Spec.RestartPolicy = RestartPolicy.Never;
        Assert.True(Plan(pod, observed) is { KillPod: true, Start.Count: 0 });
    }

    [Fact]
    public void AFinishedInitContainerThatWasRemovedDoesNotRunAgain()
    {
        var pod = WithInit(Pods.New("web", Pods.Container("a")), Pods.Container("i1"));
        var observed = new Observations().Sandbox().Container("a", State.Exited, 1).Build();
        Assert.Equal("a", Starts(Plan(pod, observed)));
    }

    [Fact]
    public void ASidecarHoldsTheOthersBackUntilItHasStarted()
    {
        var sidecar = Sidecar("log");
        sidecar.StartupProbe = new Probe();
        var pod = WithInit(Pods.New("web", Pods.Container("a")), sidecar);
        var observed = new Observations().Sandbox().Container("log", State.Running).Build();
        Assert.Equal("", Starts(Plan(pod, observed)));
        _probes.Set("log-0", ProbeKind.Startup, ProbeOutcome.Success);
        Assert.Equal("a", Starts(Plan(pod, observed)));
    }

    [Fact]
    public void ASidecarThatEndedIsStartedAgainBesideTheOthers()
    {
        var pod = WithInit(Restarting(RestartPolicy.Never, Pods.Container("a")), Sidecar("log"));
        var observed = new Observations().Sandbox().Container("log", State.Exited).Container("a", State.Running).Build();
        Assert.Equal("log", Starts(Plan(pod, observed)));
    }

    [Fact]
    public void SidecarsEndWithTheLastContainer()
    {
        var pod = WithInit(Restarting(RestartPolicy.Never, Pods.Container("a")), Sidecar("log"));
        var observed = new Observations().Sandbox().Container("log", State.Running).Container("a", State.Exited).Build();
        Assert.True(Plan(pod, observed).KillPod);
    }

    [Fact]
    [Conformance("[sig-node] Ephemeral Containers [NodeConformance] will start an ephemeral container in an existing pod")]
    public void AnEphemeralContainerStartsOnce()
    {
        var pod = Pods.New("web", Pods.Container("a"));
        pod.Spec.EphemeralContainers = [new EphemeralContainer { Name = "debug", Image = "x" }];
        Assert.Equal("debug", Starts(Plan(pod, new Observations().Sandbox().Container("a", State.Running).Build())));
        var ended = new Observations().Sandbox().Container("a", State.Running).Container("debug", State.Exited, 1).Build();
        Assert.Equal("", Starts(Plan(pod, ended)));
    }

    /// <summary>Whatever state the containers are in, doing what is planned brings the pod to rest within a few rounds.</summary>
    [Fact]
    public void DoingWhatIsPlannedComesToRest()
    {
        var gen = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 2]);
        gen.Sample((state, initState, exitCode, policyIndex) =>
        {
            var policy = ((string[])[RestartPolicy.Always, RestartPolicy.OnFailure, RestartPolicy.Never])[policyIndex];
            var pod = WithInit(Restarting(policy, Pods.Container("a"), Pods.Container("b")), Pods.Container("i"));
            Dictionary<string, (State State, int Exit)> model = [];
            if (initState > 0)
                model["i"] = (State.Exited, initState - 1);
            if (initState == 1 && state > 0)
                model["a"] = ((State)state, exitCode);
            for (var round = 0; round < 10; round++)
            {
                var actions = Plan(pod, Observe(model));
                if (actions.KillPod || actions.Start.Count == 0)
                    return;
                foreach (var start in actions.Start)
                    model[start.Container.Name] = start.Kind == ContainerKind.Init ? (State.Exited, 0) : (State.Running, 0);
            }

            Assert.Fail("the pod does not come to rest");
        });
    }

    private static RuntimePod Observe(Dictionary<string, (State State, int Exit)> model)
    {
        var observed = new Observations().Sandbox();
        foreach (var (name, (state, exit)) in model)
            observed.Container(name, state, exit);
        return observed.Build();
    }

    private static Container Sidecar(string name)
    {
        var container = Pods.Container(name);
        container.RestartPolicy = ContainerRestartPolicy.Always;
        return container;
    }

    private static Pod Restarting(string policy, params Container[] containers) =>
        Pods.New("web", containers).With(pod => pod.Spec.RestartPolicy = policy);

    private static Pod WithInit(Pod pod, params Container[] init) => pod.With(p => p.Spec.InitContainers = [.. init]);

    private PodActions Plan(Pod pod, RuntimePod observed) => PodActionPlanner.Compute(pod, observed, _probes);

    private static string Starts(PodActions actions) => string.Join(' ', actions.Start.Select(s => s.Container.Name));
}
