using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Connections.Features;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;
using Xebec.ComponentBase.Health;

namespace Xebec.ApiServer.Filters;

/// <summary>
/// The end of serving, in upstream's steps: /readyz fails at once, everything is served for a while longer, then new requests are sent
/// elsewhere while running ones finish.
/// </summary>
internal sealed class GracefulShutdown
{
    private const string Message = "The apiserver is shutting down, please try again later.\n";
    private static readonly string[] StillServed = ["/readyz", "/livez", "/healthz", "/metrics"];
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inFlight;
    private volatile bool _stopping;
    private volatile bool _refusing;

    public GracefulShutdown() => Check = HealthCheck.FromFlag("shutdown", () => !_stopping, "process is shutting down");

    /// <summary>The check of /readyz that fails from the order to stop on.</summary>
    public HealthCheck Check { get; }

    /// <summary>Completes once no request runs that is not long-running.</summary>
    public Task Drained => _drained.Task;

    /// <summary>The order to stop has come.</summary>
    public void Announce() => _stopping = true;

    /// <summary>From now on new requests are refused; <see cref="Drained"/> completes when the others have ended.</summary>
    public void Refuse()
    {
        _refusing = true;
        if (Interlocked.CompareExchange(ref _inFlight, 0, 0) == 0)
            _drained.TrySetResult();
    }

    /// <summary>Counts a request that begins; false when it is to be refused.</summary>
    public bool TryBegin(HttpContext http, RequestInfo info)
    {
        if (info.IsLongRunning)
            return !_refusing;
        Interlocked.Increment(ref _inFlight);
        if (!_refusing || IsExempt(http, info))
            return true;
        End(info);
        return false;
    }

    /// <summary>Counts a request that has ended.</summary>
    public void End(RequestInfo info)
    {
        if (!info.IsLongRunning && Interlocked.Decrement(ref _inFlight) == 0 && _refusing)
            _drained.TrySetResult();
    }

    /// <summary>Answers a request that is refused; its connection ends with it, so that the next one finds another server.</summary>
    public static Task RefuseAsync(HttpContext http)
    {
        http.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        http.Response.Headers.RetryAfter = "5";
        return Responses.WriteTextAsync(http, Message, StatusCodes.Status429TooManyRequests);
    }

    // Probes and scrapers see the end, and the server's own parts may finish what they do.
    private static bool IsExempt(HttpContext http, RequestInfo info) =>
        http.Features.Get<InProcessIdentity>() is not null ||
        Array.Exists(StillServed, path => info.Path.StartsWith(path, StringComparison.Ordinal));
}
