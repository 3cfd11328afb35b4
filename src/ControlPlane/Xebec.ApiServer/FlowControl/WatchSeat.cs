using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.FlowControl;

/// <summary>The seats of a watch, which it holds until it has sent what was there when it began.</summary>
internal sealed class WatchSeat(RequestLimits limits, FlowTicket ticket, RequestInfo info)
{
    private int _released;

    /// <summary>Gives the seats back; only the first time counts.</summary>
    public void Release()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
            limits.Leave(ticket, info);
    }
}
