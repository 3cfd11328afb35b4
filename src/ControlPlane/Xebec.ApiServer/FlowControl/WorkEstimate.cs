namespace Xebec.ApiServer.FlowControl;

/// <summary>What a request is estimated to take.</summary>
/// <param name="Seats">The seats it holds while it runs; at least 1.</param>
/// <param name="FinalSeatSeconds">What it costs besides, charged to its flow: telling the watchers of what was written.</param>
internal readonly record struct WorkEstimate(int Seats, double FinalSeatSeconds = 0);
