using Microsoft.AspNetCore.Http;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiServer.Discovery;
using Xebec.ApiServer.FlowControl;
using Xebec.ApiServer.OpenApi;
using Xebec.ComponentBase.Health;
using Xebec.ComponentBase.Metrics;

namespace Xebec.ApiServer.Endpoints;

/// <summary>Every path that is about no resource.</summary>
internal static class NonResourceTable
{
    public static void Fill(NonResourceEndpoints others, ServerParts parts)
    {
        AddHealth(others, parts.Livez);
        AddHealth(others, parts.Readyz);
        AddHealth(others, parts.Healthz);
        others.Add("/version", ReadOnly(http => Responses.WriteJsonAsync(http, VersionInfo.Json)));
        others.Add("/metrics", http => WriteMetricsAsync(http, parts.Metrics));
        if (parts.Flow.Controller is { } flow)
            new FlowControlDebug(flow, parts.Time).AddTo(others);
        var discovery = new DiscoveryEndpoints(parts.Catalog, others, parts.Remote.Apis, parts.Remote.Documents);
        others.Add("/", ReadOnly(discovery.PathsAsync));
        others.Add("/api", ReadOnly(discovery.CoreAsync));
        others.Add("/apis", ReadOnly(discovery.GroupsAsync));
        others.Add("/api/", ReadOnly(discovery.BelowAsync));
        others.Add("/apis/", ReadOnly(discovery.BelowAsync));
        var openApi = new OpenApiEndpoints(new OpenApiCache(parts.Catalog, parts.Remote.Apis, parts.Remote.Documents), parts.Remote.Forwarder);
        others.Add("/openapi/v2", ReadOnly(openApi.V2Async));
        others.Add("/openapi/v3", ReadOnly(openApi.IndexAsync));
        others.Add("/openapi/v3/", ReadOnly(openApi.V3Async));
    }

    private static Func<HttpContext, Task> ReadOnly(Func<HttpContext, Task> handler) => http =>
        HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) ? handler(http) : throw ApiErrors.MethodNotAllowed();

    private static void AddHealth(NonResourceEndpoints others, HealthChecks checks)
    {
        others.Add($"/{checks.Path}", http => WriteHealthAsync(http, checks, null));
        others.Add($"/{checks.Path}/", http => WriteHealthAsync(http, checks, http.Request.Path.Value![(checks.Path.Length + 2)..]));
    }

    private static async Task WriteHealthAsync(HttpContext http, HealthChecks checks, string? name)
    {
        var excluded = http.Request.Query["exclude"].Where(e => e is not null).Select(e => e!).ToArray();
        var report = name is null
            ? await checks.ReportAsync(excluded, http.Request.Query.ContainsKey("verbose"), http.RequestAborted)
            : await checks.ReportOneAsync(name, http.RequestAborted) ?? throw ApiErrors.PathNotFound();
        await Responses.WriteTextAsync(http, report.Body, report.StatusCode);
    }

    private static async Task WriteMetricsAsync(HttpContext http, MetricsRegistry metrics)
    {
        http.Response.ContentType = MetricsRegistry.ContentType;
        metrics.WriteTo(http.Response.BodyWriter);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }
}
