using Microsoft.Extensions.Logging;
using Xebec.ComponentBase.Certificates;
using Xebec.ComponentBase.Metrics;

namespace Xebec.Host.Clusters;

/// <summary>What every component is started with.</summary>
internal sealed record ComponentContext(
    ClusterOptions Options, ClusterState State, ClusterCertificates Certificates, MetricsRegistry Metrics,
    ILoggerFactory LoggerFactory, TimeProvider TimeProvider)
{
    /// <summary>What the components of this process offer each other.</summary>
    public InProcessParts InProcess { get; } = new();

    public DataFolder DataFolder => Options.DataFolder;

    /// <summary>Where clients of this machine reach the API server.</summary>
    public Uri ServerUrl => new($"https://127.0.0.1:{State.Port}");

    /// <summary>How components reach the API server.</summary>
    public ClusterClients Clients => new(ServerUrl, Certificates, InProcess, TimeProvider);
}
