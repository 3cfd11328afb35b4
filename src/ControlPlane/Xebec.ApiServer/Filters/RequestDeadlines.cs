using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Filters;

/// <summary>
/// Bounds the time of requests that are not long-running (--request-timeout, or less by the parameter timeout). One timer looks after all
/// of them twice a second.
/// </summary>
internal sealed class RequestDeadlines : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentQueue<RequestDeadline> _idle = [];
    private readonly Lock _changing = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _longest;
    private readonly ITimer _timer;
    private volatile RequestDeadline[] _all = [];

    public RequestDeadlines(TimeSpan longest, TimeProvider time)
    {
        (_longest, _time) = (longest, time);
        _timer = time.CreateTimer(_ => CheckAll(), null, Period, Period);
    }

    /// <summary>Begins the time of a request; null when it may take as long as it likes.</summary>
    /// <exception cref="ApiException">400 when the parameter timeout is no duration.</exception>
    public RequestDeadline? Begin(HttpContext http, RequestInfo info, long now)
    {
        if (info.IsLongRunning)
            return null;
        var allowed = http.Request.QueryString.HasValue ? Allowed(http.Request.Query) : _longest;
        if (!_idle.TryDequeue(out var deadline))
            deadline = Add();
        deadline.Begin(now + (long)(allowed.TotalSeconds * _time.TimestampFrequency), http.RequestAborted);
        http.RequestAborted = deadline.Token;
        return deadline;
    }

    /// <summary>A request has ended.</summary>
    public void End(RequestDeadline deadline)
    {
        if (deadline.TryEnd())
            _idle.Enqueue(deadline);
        else
            Remove(deadline);
    }

    public void Dispose() => _timer.Dispose();

    private TimeSpan Allowed(IQueryCollection query)
    {
        if (!query.TryGetValue("timeout", out var text) || text.Count == 0 || text[0] is not { Length: > 0 } given)
            return _longest;
        var asked = GoDuration.TryParse(given) ?? throw ApiErrors.BadRequest("invalid timeout specified in the request URL");
        return asked <= TimeSpan.Zero || asked > _longest ? _longest : asked;
    }

    private void CheckAll()
    {
        var now = _time.GetTimestamp();
        foreach (var deadline in _all)
            deadline.Check(now);
    }

    private RequestDeadline Add()
    {
        var deadline = new RequestDeadline();
        lock (_changing)
            _all = [.. _all, deadline];
        return deadline;
    }

    private void Remove(RequestDeadline deadline)
    {
        lock (_changing)
            _all = Array.FindAll(_all, d => d != deadline);
    }
}
