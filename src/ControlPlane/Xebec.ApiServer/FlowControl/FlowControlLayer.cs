using Microsoft.Extensions.Logging;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.FlowControl;

/// <summary>The parts of priority and fairness, or of the plain limits, put together.</summary>
internal sealed class FlowControlLayer
{
    private readonly ResourceCatalog _catalog;
    private readonly FlowMetrics _metrics;
    private readonly TimeProvider _time;

    public FlowControlLayer(KubeApiServerOptions options, ResourceCatalog catalog, TimeProvider time)
    {
        (_catalog, _metrics, _time) = (catalog, new FlowMetrics(options.Metrics), time);
        Controller = options.Serving.EnablePriorityAndFairness ? new FlowController(options.Serving, catalog, _metrics, time) : null;
        Limits = new RequestLimits(Controller, new MaxInFlight(options.Serving));
    }

    /// <summary>Priority and fairness; null when the plain limits hold instead.</summary>
    public FlowController? Controller { get; }

    /// <summary>What requests pass.</summary>
    public RequestLimits Limits { get; }

    /// <summary>What keeps its objects and moves seats, until cancelled.</summary>
    public IEnumerable<Func<CancellationToken, Task>> Controllers(FlowControlBootstrap bootstrap, ResourceWriter writer, ILoggerFactory loggers)
    {
        yield return new FlowControlMaintenance(bootstrap, writer, _catalog, _time, loggers.CreateLogger<FlowControlMaintenance>()).RunAsync;
        if (Controller is not null)
            yield return new SeatAdjustment(Controller, _metrics, _time).RunAsync;
    }
}
