namespace Xebec.ApiServer.FlowControl;

/// <summary>What became of the requests of a priority level since the server began.</summary>
internal record struct FlowTotals(long Dispatched, long Rejected, long TimedOut, long Cancelled);
