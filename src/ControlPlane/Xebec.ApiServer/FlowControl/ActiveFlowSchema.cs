namespace Xebec.ApiServer.FlowControl;

/// <summary>A FlowSchema with the priority level it leads to and its series of metrics. Immutable.</summary>
internal sealed record ActiveFlowSchema(FlowSchema Schema, PriorityLevel Level, FlowMetricSeries Metrics)
{
    /// <summary>The name of a request's flow is not divided further: one hash serves all.</summary>
    public ulong WholeHash { get; } = ShuffleSharding.Hash(Schema.Name, "");
}
