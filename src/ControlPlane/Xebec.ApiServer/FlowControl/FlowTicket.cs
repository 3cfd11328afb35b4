namespace Xebec.ApiServer.FlowControl;

/// <summary>What a request that runs, or was rejected, holds.</summary>
/// <param name="Schema">The schema it was classified to; null when it is not under flow control.</param>
/// <param name="Queue">The queue it is charged to, null when its level has none.</param>
/// <param name="Estimate">The seats it takes.</param>
/// <param name="Began">When it began to run, a timestamp of the server's clock.</param>
/// <param name="IsRejected">It may not run.</param>
internal readonly record struct FlowTicket(
    ActiveFlowSchema? Schema, FlowQueue? Queue, WorkEstimate Estimate, long Began, bool IsRejected);
