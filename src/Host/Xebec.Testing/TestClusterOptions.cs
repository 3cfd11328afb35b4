using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xebec.Kubelet.Runtime;
using Xebec.Kubelet.Runtime.Fake;

namespace Xebec.Testing;

/// <summary>How a test's cluster differs from the usual one.</summary>
public sealed record TestClusterOptions
{
    /// <summary>Where the cluster logs, for example to the test's output; nowhere by default.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The time <see cref="TestCluster.Time"/> shows at first; null for now.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Simulated nodes to start with; <see cref="TestCluster.AddNodesAsync"/> adds some later.</summary>
    public int Nodes { get; init; }

    /// <summary>
    /// Whether the controllers and the scheduler run. Without them the cluster is an API server alone, as envtest's is: nothing reacts to
    /// what a test writes.
    /// </summary>
    public bool Controllers { get; init; } = true;

    /// <summary>How the containers of simulated nodes act. Default: they run until stopped, or as plain commands such as sleep say.</summary>
    public Func<ContainerConfig, FakeContainerBehavior> ContainerBehavior { get; init; } = FakeContainerBehavior.FromCommand;

    /// <summary>How long the waiting methods wait before they throw, by the machine's clock; 30 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
}
