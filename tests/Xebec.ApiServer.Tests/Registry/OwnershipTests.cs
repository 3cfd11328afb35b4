using System.Net;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.Registry;

/// <summary>metadata.managedFields of objects that the server adds to: what admission and a kind's own strategy add belongs to nobody.</summary>
public sealed class OwnershipTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        await _server.SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/serviceaccounts", """{"metadata":{"name":"default"}}""");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(
        "/api/v1/namespaces/default/pods",
        """{"metadata":{"name":"a"},"spec":{"containers":[{"name":"c","image":"i"}]}}""",
        "f:containers,f:dnsPolicy,f:enableServiceLinks,f:restartPolicy,f:schedulerName,f:securityContext,f:terminationGracePeriodSeconds")]
    [InlineData(
        "/api/v1/namespaces/default/services",
        """{"metadata":{"name":"a"},"spec":{"selector":{"a":"b"},"ports":[{"port":80}]}}""",
        "f:internalTrafficPolicy,f:ports,f:selector,f:sessionAffinity,f:type")]
    [InlineData("/api/v1/namespaces", """{"metadata":{"name":"a"}}""", "")]
    [InlineData("/api/v1/nodes", """{"metadata":{"name":"a"},"spec":{"providerID":"x"}}""", "f:providerID")]
    public async Task A_creator_owns_what_it_sent_and_what_the_kind_defaults(string path, string body, string expected)
    {
        var (code, created) = await _server.SendAsync(HttpMethod.Post, path, body);
        Assert.True(code == HttpStatusCode.Created, created.ToString());
        Assert.Equal(expected, SpecOwnedBy(created));

        // An update that leaves out what others added changes nothing of whose it is.
        var changed = (ObjectValue)Value.Parse(body);
        changed.GetObject("metadata")!["labels"] = Value.Parse("""{"updated":"true"}""");
        var type = "application/strategic-merge-patch+json";
        var (patched, updated) = await _server.SendAsync(HttpMethod.Patch, path + "/a", changed.ToString(), type);
        Assert.True(patched == HttpStatusCode.OK, updated.ToString());
        Assert.Equal(expected, SpecOwnedBy(updated));
    }

    private static string SpecOwnedBy(ObjectValue item)
    {
        var entry = item.GetObject("metadata")!.GetList("managedFields")?.Single().AsObject()!.GetObject("fieldsV1")?.GetObject("f:spec");
        return string.Join(',', (entry ?? []).Select(m => m.Key).Where(k => k != ".").Order(StringComparer.Ordinal));
    }
}
