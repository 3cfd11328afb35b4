using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.FlowControl;

/// <summary>A request in a queue; its task completes when it may run.</summary>
internal sealed class WaitingRequest() : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public required ActiveFlowSchema Schema { get; init; }

    public required RequestInfo Info { get; init; }

    public required UserInfo User { get; init; }

    /// <summary>The seats it will take.</summary>
    public required int Seats { get; init; }

    /// <summary>When it came, a timestamp of the server's clock.</summary>
    public required long Arrived { get; init; }

    /// <summary>Where it waits; null once it runs or has given up.</summary>
    public LinkedListNode<WaitingRequest>? Place { get; set; }

    public required FlowQueue Queue { get; init; }
}
