using Xebec.ComponentBase.Metrics;

namespace Xebec.ApiServer.Endpoints;

/// <summary>The request metrics, by upstream's names and labels.</summary>
internal sealed class RequestMetrics
{
    private const string Component = "apiserver";
    private static readonly double[] SecondsBounds =
        [0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60];

    private readonly MetricFamily<Counter> _total;
    private readonly MetricFamily<Histogram> _duration;
    private readonly Gauge _reading;
    private readonly Gauge _mutating;
    private readonly MetricFamily<Gauge> _longRunning;

    public RequestMetrics(MetricsRegistry registry)
    {
        _total = registry.CounterFamily(
            "apiserver_request_total", "Counter of apiserver requests broken out for each verb, dry run value, group, version, resource, scope, component, and HTTP response code.",
            "verb", "dry_run", "group", "version", "resource", "subresource", "scope", "component", "code");
        _duration = registry.HistogramFamily(
            "apiserver_request_duration_seconds", "Response latency distribution in seconds for each verb, dry run value, group, version, resource, subresource, scope and component.",
            SecondsBounds, "verb", "dry_run", "group", "version", "resource", "subresource", "scope", "component");
        _longRunning = registry.GaugeFamily(
            "apiserver_longrunning_requests", "Gauge of all active long-running apiserver requests broken out by verb, group, version, resource, scope and component.",
            "verb", "group", "version", "resource", "subresource", "scope", "component");
        var inflight = registry.GaugeFamily(
            "apiserver_current_inflight_requests", "Maximal number of currently used inflight request limit of this apiserver per request kind in last second.",
            "request_kind");
        _reading = inflight.WithLabels("readOnly");
        _mutating = inflight.WithLabels("mutating");
    }

    /// <summary>Counts a request that begins.</summary>
    public void Begin(RequestInfo info)
    {
        if (info.IsLongRunning)
            LongRunning(info).Add(1);
        else
            InFlight(info).Add(1);
    }

    /// <summary>Counts a request that has ended.</summary>
    public void End(RequestInfo info, int code, bool dryRun, TimeSpan elapsed)
    {
        var (verb, scope, dry) = (VerbLabel(info), Scope(info), dryRun ? "All" : "");
        var codeText = code switch { 200 => "200", 201 => "201", 404 => "404", 409 => "409", _ => code.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        _total.WithLabels(verb, dry, info.Group, info.Version, info.Resource, info.Subresource, scope, Component, codeText).Increment();
        if (info.IsLongRunning)
        {
            LongRunning(info).Add(-1);
            return;
        }

        InFlight(info).Add(-1);
        _duration.WithLabels(verb, dry, info.Group, info.Version, info.Resource, info.Subresource, scope, Component).Observe(elapsed.TotalSeconds);
    }

    private Gauge InFlight(RequestInfo info) => info.Verb is "get" or "list" ? _reading : _mutating;

    private Gauge LongRunning(RequestInfo info) => _longRunning.WithLabels(
        VerbLabel(info), info.Group, info.Version, info.Resource, info.Subresource, Scope(info), Component);

    private static string VerbLabel(RequestInfo info) => info.Verb switch
    {
        "create" => "POST",
        "update" => "PUT",
        "patch" => "PATCH",
        "delete" => "DELETE",
        "deletecollection" => "DELETECOLLECTION",
        "get" => "GET",
        "list" => "LIST",
        "watch" => "WATCH",
        "post" or "put" or "head" or "options" => info.Verb.ToUpperInvariant(),
        _ => "OTHER",
    };

    private static string Scope(RequestInfo info) =>
        info.Name.Length > 0 ? "resource" : info.Namespace.Length > 0 ? "namespace" : info.IsResourceRequest ? "cluster" : "";
}
