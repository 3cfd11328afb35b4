using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Xebec.ApiServer.Audit;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Filters;

/// <summary>What every request passes before anybody looks at who sent it: the end of serving, its time, and headers.</summary>
internal sealed class RequestFilters(ServingOptions options, TimeProvider time) : IDisposable
{
    private readonly RequestDeadlines _deadlines = new(options.RequestTimeout, time);

    public GracefulShutdown Shutdown { get; } = new();

    /// <summary>Sets the headers of every answer and asks some connections to go away.</summary>
    public void Prepare(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-cache, private";
        AuditId.Set(http);
        if (options.GoawayChance > 0 && HttpProtocol.IsHttp2(http.Request.Protocol) && Random.Shared.NextDouble() < options.GoawayChance)
            http.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
    }

    /// <summary>Begins the time of a request; null when it has no bound.</summary>
    public RequestDeadline? Begin(HttpContext http, RequestInfo info, long now) => _deadlines.Begin(http, info, now);

    /// <summary>The request has ended.</summary>
    public void End(RequestDeadline? deadline, RequestInfo info)
    {
        if (deadline is not null)
            _deadlines.End(deadline);
        Shutdown.End(info);
    }

    public void Dispose() => _deadlines.Dispose();
}
