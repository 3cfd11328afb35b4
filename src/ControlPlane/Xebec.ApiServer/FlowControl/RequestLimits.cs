using Microsoft.AspNetCore.Http;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.FlowControl;

/// <summary>What holds back requests that are too many: priority and fairness, or the two plain limits. Long-running ones pass, but for watches.</summary>
internal sealed class RequestLimits(FlowController? fair, MaxInFlight plain)
{
    private const string TooMany = "Too many requests, please try again later.\n";

    /// <summary>Whether the request is counted: all but the long-running ones; of those, watches until they have begun, by fairness only.</summary>
    public bool Counts(RequestInfo info) => !info.IsLongRunning || (fair is not null && info.Verb == "watch");

    /// <summary>Waits until the request may run; its ticket says whether it may.</summary>
    public ValueTask<FlowTicket> EnterAsync(HttpContext http, RequestInfo info, UserInfo user, ServedResource? resource, long now) =>
        fair is not null
            ? fair.EnterAsync(http, info, user, resource, now)
            : ValueTask.FromResult(new FlowTicket(null, null, default, now, !plain.TryEnter(info, user)));

    /// <summary>The request has ended.</summary>
    public void Leave(in FlowTicket ticket, RequestInfo info)
    {
        if (fair is not null)
            fair.Leave(ticket, info.Verb == "watch");
        else if (!ticket.IsRejected)
            plain.Leave(info);
    }

    /// <summary>Answers a request that may not run.</summary>
    public static Task RefuseAsync(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        return Responses.WriteTextAsync(http, TooMany, StatusCodes.Status429TooManyRequests);
    }
}
