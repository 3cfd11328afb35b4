using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Xebec.Kubelet.Cri.Wire.Events;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri.Mapping;

public sealed class MappingTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("SIGTERM", 23)]
    [InlineData("SIGXFSZ", 34)]
    [InlineData("SIGRTMIN", 35)]
    [InlineData("SIGRTMIN+15", 50)]
    [InlineData("SIGRTMAX-14", 51)]
    [InlineData("SIGRTMAX-1", 64)]
    [InlineData("SIGRTMAX", 65)]
    [InlineData("SIGNONSENSE", 0)]
    public void Stop_signals_have_CRIs_numbers(string name, int number) => Assert.Equal(number, StopSignals.NumberOf(name));

    [Fact]
    public void A_host_network_pod_has_no_hostname_on_the_wire()
    {
        var pod = new PodSandboxConfig(new PodSandboxMetadata("a", "b", "c")) { Hostname = "a" };
        Assert.Equal("a", SandboxMapping.ToWire(pod).Hostname);
        var onNode = new NamespaceOption { Network = NamespaceMode.Node };
        var host = pod with { SecurityContext = new SandboxSecurityContext { Namespaces = onNode } };
        Assert.Equal("", SandboxMapping.ToWire(host).Hostname);
    }

    [Fact]
    public void Unset_users_and_profiles_stay_off_the_wire()
    {
        var wire = SecurityMapping.ToWire(new ContainerSecurityContext());
        Assert.Null(wire.RunAsUser);
        Assert.Null(wire.RunAsGroup);
        Assert.Null(wire.Seccomp);
        Assert.Equal(0, SecurityMapping.ToWire(new ContainerSecurityContext { RunAsUser = 0 }).RunAsUser.Value);
    }

    [Fact]
    public void Limits_survive_the_way_there_and_back()
    {
        var limits = new LinuxContainerResources
        {
            CpuPeriodMicroseconds = 100_000,
            CpuQuotaMicroseconds = -1,
            CpuShares = 512,
            MemoryLimitBytes = 1 << 30,
            MemorySwapLimitBytes = 2L << 30,
            OomScoreAdj = -997,
            CpusetCpus = "0-1",
            CpusetMems = "0",
        };
        var back = ResourcesMapping.FromWire(ResourcesMapping.ToWire(limits))!;
        Assert.Equal(limits, back with { HugepageLimits = limits.HugepageLimits, Unified = limits.Unified });
    }

    [Fact]
    public void Times_that_have_not_come_are_null_and_others_exact_to_100_ns()
    {
        var status = ContainerMapping.FromWire(new Wire.ContainerStatus { CreatedAt = 1_700_000_000_123_456_700 });
        Assert.Equal((null, null), (status.StartedAt, status.FinishedAt));
        Assert.Equal("2023-11-14T22:13:20.1234567+00:00", status.CreatedAt.ToString("o"));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("container", true)]
    [InlineData("exec-id", false)]
    public void The_end_of_an_exec_is_no_end_of_the_container(string id, bool isEnd)
    {
        var exit = new TaskExit { ContainerId = "container", Id = id, ExitStatus = 9 };
        var happened = EventMapping.FromWire(new Envelope { Topic = "/tasks/exit", Event = new Any { Value = exit.ToByteString() } });
        Assert.Equal(isEnd ? new RuntimeEvent(RuntimeEventType.Stopped, "container", DateTimeOffset.UnixEpoch, 9) : null, happened);
    }

    [Theory]
    [InlineData(StatusCode.NotFound, "not found", RuntimeErrorCode.NotFound)]
    [InlineData(StatusCode.Unknown, "failed to exec: context deadline exceeded", RuntimeErrorCode.DeadlineExceeded)]
    [InlineData(StatusCode.Unknown, "other", RuntimeErrorCode.Unknown)]
    public void Failures_keep_the_runtimes_words(StatusCode code, string detail, RuntimeErrorCode expected)
    {
        var error = ErrorMapping.ToRuntimeException(new RpcException(new Status(code, detail)));
        Assert.Equal((expected, detail), (error.Code, error.Message));
    }
}
