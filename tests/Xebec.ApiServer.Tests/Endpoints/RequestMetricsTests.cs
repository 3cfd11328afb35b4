namespace Xebec.ApiServer.Tests.Endpoints;

public sealed class RequestMetricsTests
{
    [Fact]
    public async Task Requests_are_counted_by_what_they_asked_and_what_was_answered()
    {
        await using var server = await TestServer.StartAsync();
        await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces/default/configmaps/absent");
        await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces/default/inventions/a");
        var text = await server.Http.GetStringAsync("/metrics");
        Assert.Contains(
            "apiserver_request_total{verb=\"GET\",dry_run=\"\",group=\"\",version=\"v1\",resource=\"configmaps\",subresource=\"\",scope=\"resource\",component=\"apiserver\",code=\"404\"} 1",
            text, StringComparison.Ordinal);
        Assert.DoesNotContain("inventions", text, StringComparison.Ordinal);
        Assert.Contains("apiserver_request_duration_seconds_bucket", text, StringComparison.Ordinal);
    }
}
