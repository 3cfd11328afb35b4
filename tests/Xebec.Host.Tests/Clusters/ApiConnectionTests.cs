using Microsoft.AspNetCore.Http;
using Xebec.ComponentBase.Certificates;
using Xebec.Host.Clusters;

namespace Xebec.Host.Tests.Clusters;

public sealed class ApiConnectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ClusterCertificates _certificates;

    public ApiConnectionTests() => _certificates = ClusterCertificates.Open(_folder.Path, TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WaitsUntilReadyAsTheAdministrator()
    {
        var (requests, subject) = (0, "");
        await using var server = await FakeApiServer.StartAsync(_certificates, context =>
        {
            subject = context.Connection.ClientCertificate!.Subject;
            context.Response.StatusCode = ++requests < 3 ? 500 : 200;
            return Task.CompletedTask;
        });
        using var api = new ApiConnection(server.Url, _certificates, TimeProvider.System);
        await api.WaitReadyAsync(TimeSpan.FromSeconds(60), default);

        Assert.Equal(3, requests);
        Assert.Contains("O=system:masters", subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SilenceIsReportedAfterTheLimit()
    {
        using var api = new ApiConnection(new Uri("https://127.0.0.1:1"), _certificates, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<HostException>(() => api.WaitReadyAsync(TimeSpan.FromMilliseconds(50), default));
        Assert.Contains("is not ready", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApplySendsTheManifestAsItIs()
    {
        var (request, body) = ("", "");
        await using var server = await FakeApiServer.StartAsync(_certificates, async context =>
        {
            request = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {context.Request.ContentType}";
            body = await new StreamReader(context.Request.Body).ReadToEndAsync();
        });
        using var api = new ApiConnection(server.Url, _certificates, TimeProvider.System);
        await api.ApplyAsync("/api/v1/x", "a: 1\n", default);

        Assert.Equal("PATCH /api/v1/x?fieldManager=xebec&force=true application/apply-patch+yaml", request);
        Assert.Equal("a: 1\n", body);
    }

    [Fact]
    public async Task RefusalCarriesTheStatusMessage()
    {
        await using var server = await FakeApiServer.StartAsync(_certificates, context =>
        {
            context.Response.StatusCode = 422;
            return context.Response.WriteAsync("""{"kind":"Status","message":"spec.replicas: Invalid value"}""");
        });
        using var api = new ApiConnection(server.Url, _certificates, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<HostException>(() => api.ApplyAsync("/api/v1/x", "a: 1\n", default));
        Assert.Equal("the API server refused /api/v1/x: spec.replicas: Invalid value", failure.Message);
    }

    [Fact]
    public async Task WatchGoesOnAfterAClosedStream()
    {
        var watches = 0;
        await using var server = await FakeApiServer.StartAsync(_certificates, context =>
            context.Response.WriteAsync("{\"type\":\"ADDED\",\"object\":{\"n\":" + ++watches + "}}\n"));
        using var api = new ApiConnection(server.Url, _certificates, TimeProvider.System);
        await api.WatchUntilAsync(
            "/api/v1/nodes", "metadata.name=a", json => json.GetProperty("n").GetInt32() == 3, TimeSpan.FromSeconds(60), default);

        Assert.Equal(3, watches);
    }
}
