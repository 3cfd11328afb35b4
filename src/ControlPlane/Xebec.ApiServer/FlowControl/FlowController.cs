using Microsoft.AspNetCore.Http;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.FlowControl;

/// <summary>
/// API priority and fairness (KEP-1040): which priority level a request belongs to, and when it may run. The configuration is compiled
/// anew when its objects have changed, by the request that notices.
/// </summary>
internal sealed class FlowController
{
    private readonly ServingOptions _options;
    private readonly TimeProvider _time;
    private readonly FlowMetrics _metrics;
    private readonly ServedResource _schemas;
    private readonly ServedResource _levels;
    private readonly DerivedFacts<FlowSchema> _compiled = new(item => new FlowSchema(item.ToTree()));
    private readonly Dictionary<string, PriorityLevel> _running = new(StringComparer.Ordinal);
    private readonly Lock _building = new();
    private readonly double _secondsPerTick;
    private volatile FlowConfiguration _configuration;

    public FlowController(ServingOptions options, ResourceCatalog catalog, FlowMetrics metrics, TimeProvider time)
    {
        (_options, _time, _metrics) = (options, time, metrics);
        _secondsPerTick = 1.0 / time.TimestampFrequency;
        _schemas = catalog.Find(FlowControlObjects.Group, "v1", "flowschemas")!;
        _levels = catalog.Find(FlowControlObjects.Group, "v1", "prioritylevelconfigurations")!;
        _configuration = Build(_schemas.Cache.Snapshot, _levels.Cache.Snapshot);
    }

    /// <summary>The seats of the whole server.</summary>
    public int ServerSeats => _options.MaxRequestsInFlight + _options.MaxMutatingRequestsInFlight;

    /// <summary>The configuration as it is now (or, while another thread renews it, as it just was).</summary>
    public FlowConfiguration Configuration
    {
        get
        {
            var known = _configuration;
            if (known.IsOf(_schemas.Cache.Snapshot, _levels.Cache.Snapshot) || !_building.TryEnter())
                return known;
            try
            {
                var (schemas, levels) = (_schemas.Cache.Snapshot, _levels.Cache.Snapshot);
                return _configuration.IsOf(schemas, levels) ? _configuration : _configuration = Build(schemas, levels);
            }
            finally
            {
                _building.Exit();
            }
        }
    }

    /// <summary>Classifies a request and waits for its seats. The ticket is given back with <see cref="Leave"/>, unless it is rejected.</summary>
    public ValueTask<FlowTicket> EnterAsync(HttpContext http, RequestInfo info, UserInfo user, ServedResource? resource, long now)
    {
        var schema = Configuration.Classify(info, user);
        ShowWhere(http.Response.Headers, schema);
        var estimate = schema.Level.Settings.IsExempt
            ? new WorkEstimate(1)
            : WorkEstimator.Of(info, resource, http.Request.Query, schema.Level.MaximumWidth);
        var reason = schema.Level.TryBegin(schema, info, user, estimate.Seats, now, out var queue, out var waiting);
        if (waiting is not null)
            return WaitAsync(schema, waiting, estimate, http.RequestAborted);
        if (reason is not null)
            return ValueTask.FromResult(Reject(schema, reason));
        schema.Metrics.WaitedThenRan.Observe(0);
        return ValueTask.FromResult(Seated(schema, queue, estimate, now));
    }

    /// <summary>A request ended, or a watch has begun to follow: its seats are free.</summary>
    public void Leave(in FlowTicket ticket, bool isWatch)
    {
        if (ticket.Schema is not { } schema || ticket.IsRejected)
            return;
        var now = _time.GetTimestamp();
        var seconds = (now - ticket.Began) * _secondsPerTick;
        (isWatch ? schema.Metrics.ExecutedWatch : schema.Metrics.Executed).Observe(seconds);
        schema.Metrics.Executing.Decrement();
        schema.Metrics.ExecutingSeats.Add(-ticket.Estimate.Seats);
        schema.Level.End(ticket.Queue, ticket.Estimate, seconds, now);
    }

    private async ValueTask<FlowTicket> WaitAsync(
        ActiveFlowSchema schema, WaitingRequest waiting, WorkEstimate estimate, CancellationToken aborted)
    {
        try
        {
            await waiting.Task.WaitAsync(_options.RequestTimeout / 4, _time, aborted);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            if (schema.Level.TryLeave(waiting, e is TimeoutException))
            {
                schema.Metrics.Waiting.Decrement();
                schema.Metrics.WaitedInVain.Observe((_time.GetTimestamp() - waiting.Arrived) * _secondsPerTick);
                return Reject(schema, e is TimeoutException ? "time-out" : "cancelled");
            }
        }

        return Seated(schema, waiting.Queue, estimate, _time.GetTimestamp());
    }

    private static FlowTicket Seated(ActiveFlowSchema schema, FlowQueue? queue, WorkEstimate estimate, long now)
    {
        schema.Metrics.Dispatched.Increment();
        schema.Metrics.Executing.Increment();
        schema.Metrics.ExecutingSeats.Add(estimate.Seats);
        return new FlowTicket(schema, queue, estimate, now, false);
    }

    private static FlowTicket Reject(ActiveFlowSchema schema, string reason)
    {
        schema.Metrics.Reject(reason);
        return new FlowTicket(schema, null, default, 0, true);
    }

    private static void ShowWhere(IHeaderDictionary headers, ActiveFlowSchema schema)
    {
        headers["X-Kubernetes-PF-FlowSchema-UID"] = schema.Schema.Uid;
        headers["X-Kubernetes-PF-PriorityLevel-UID"] = schema.Level.Settings.Uid;
    }

    private FlowConfiguration Build(CacheSnapshot schemaObjects, CacheSnapshot levelObjects)
    {
        var settings = levelObjects.Ordered.Select(o => PriorityLevelSettings.Read(o.ToTree())).ToDictionary(s => s.Name, StringComparer.Ordinal);
        foreach (var tree in FlowControlObjects.MandatoryPriorityLevels)
            settings.TryAdd(tree.GetObject("metadata")!.GetString("name")!, PriorityLevelSettings.Read(tree));
        var sum = settings.Values.Sum(s => s.NominalConcurrencyShares);
        foreach (var gone in _running.Keys.Where(name => !settings.ContainsKey(name)).ToArray())
            _running.Remove(gone);
        foreach (var (name, level) in settings)
        {
            if (!_running.TryGetValue(name, out var running))
                _running[name] = running = new PriorityLevel(name, _time, _metrics);
            running.Configure(level, SeatLimits.Of(level, ServerSeats, sum));
        }

        var schemas = schemaObjects.Ordered.Select(_compiled.Of).ToDictionary(s => s.Name, StringComparer.Ordinal);
        foreach (var tree in FlowControlObjects.MandatoryFlowSchemas)
            schemas.TryAdd(tree.GetObject("metadata")!.GetString("name")!, new FlowSchema(tree));
        // A schema that leads to no level (it is "dangling") is passed over.
        var active = schemas.Values.Where(s => _running.ContainsKey(s.PriorityLevel))
            .Select(s => new ActiveFlowSchema(s, _running[s.PriorityLevel], _metrics.Schema(s.PriorityLevel, s.Name)));
        return new FlowConfiguration(
            active, [.. _running.Values.OrderBy(l => l.Name, StringComparer.Ordinal)], schemaObjects, levelObjects);
    }
}
