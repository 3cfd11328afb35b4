using System.Net;

namespace Xebec.ApiServer.Tests.Endpoints;

/// <summary>Which fields the kinds let clients select by, and how they refuse the others.</summary>
public sealed class FieldSelectorTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/api/v1/configmaps", "data.k", "\"data.k\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"")]
    [InlineData("/api/v1/persistentvolumes", "status.phase", "\"status.phase\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"")]
    [InlineData("/api/v1/pods", "spec.foo", "field label not supported: spec.foo")]
    [InlineData("/apis/batch/v1/jobs", "spec.foo", "field label \"spec.foo\" not supported for Job")]
    [InlineData("/api/v1/nodes", "metadata.namespace", "field label not supported: metadata.namespace")]
    [InlineData("/api/v1/namespaces", "metadata.namespace", "field label not supported: metadata.namespace")]
    public async Task A_field_is_refused(string path, string field, string message)
    {
        var (code, status) = await _server.SendAsync(HttpMethod.Get, $"{path}?fieldSelector={field}%3Dx");
        Assert.Equal((HttpStatusCode.BadRequest, message), (code, status.GetString("message")));
    }

    [Theory]
    [InlineData("/api/v1/pods", "status.podIPs")]
    [InlineData("/api/v1/persistentvolumes", "metadata.namespace")]
    [InlineData("/api/v1/configmaps", "metadata.namespace")]
    public async Task A_field_is_taken(string path, string field)
    {
        var (code, list) = await _server.SendAsync(HttpMethod.Get, $"{path}?fieldSelector={field}%3Dx");
        Assert.True(code == HttpStatusCode.OK, list.ToString());
        Assert.Empty(list.GetList("items")!);
    }
}
