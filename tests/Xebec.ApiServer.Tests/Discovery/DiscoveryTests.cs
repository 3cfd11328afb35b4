using System.Net;
using Xebec.Api;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Protobuf;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.Discovery;

public sealed class DiscoveryTests
{
    private const string Aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    [Fact]
    public async Task Groups_come_in_the_order_that_names_are_looked_up_in()
    {
        await using var server = await TestServer.StartAsync();
        var (_, list) = await server.SendAsync(HttpMethod.Get, "/apis");
        var groups = Items(list, "groups").Select(g => g.GetString("name")!).ToList();
        Assert.Equal(["apiregistration.k8s.io", "apps", "events.k8s.io", "authentication.k8s.io"], groups[..4]);
        Assert.True(groups.IndexOf("policy") < groups.IndexOf("resource.k8s.io"));
        var (_, autoscaling) = await server.SendAsync(HttpMethod.Get, "/apis/autoscaling");
        Assert.Equal("autoscaling/v2", autoscaling.GetObject("preferredVersion")!.GetString("groupVersion"));
    }

    [Fact]
    public async Task A_resource_says_what_kubectl_must_know_of_it()
    {
        await using var server = await TestServer.StartAsync();
        var (_, list) = await server.SendAsync(HttpMethod.Get, "/api/v1");
        var pods = Items(list, "resources").Single(r => r.GetString("name") == "pods");
        AssertJson(
            """
            {"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","verbs":["create","delete","deletecollection",
            "get","list","patch","update","watch"],"shortNames":["po"],"categories":["all"],"storageVersionHash":"xPOwRZ+Yhw8="}
            """,
            pods);
        var eviction = Items(list, "resources").Single(r => r.GetString("name") == "pods/eviction");
        AssertJson(
            """
            {"name":"pods/eviction","singularName":"","namespaced":true,"group":"policy","version":"v1","kind":"Eviction",
            "verbs":["create"]}
            """,
            eviction);
        var (_, old) = await server.SendAsync(HttpMethod.Get, "/apis/autoscaling/v1");
        Assert.Equal("qwQve8ut294=", Items(old, "resources").First().GetString("storageVersionHash"));
    }

    [Theory]
    [InlineData("/api", "APIVersions")]
    [InlineData("/apis", "APIGroupList")]
    [InlineData("/apis/apps", "APIGroup")]
    [InlineData("/apis/apps/v1", "APIResourceList")]
    public async Task Protobuf_says_the_same_as_JSON(string path, string kind)
    {
        await using var server = await TestServer.StartAsync();
        var (_, json) = await server.SendAsync(HttpMethod.Get, path);
        var schema = BuiltIn.Schema["meta/v1." + kind];
        var bytes = await GetAsync(server, path, KubernetesProtobuf.MediaType);
        var decoded = KubernetesProtobuf.Decode(KubernetesProtobuf.ReadEnvelope(bytes), schema);
        json["apiVersion"] = "v1";
        decoded["apiVersion"] = "v1";
        Assert.Equal(ObjectDecoder.Normalize(json, schema).Object.ToString(), ObjectDecoder.Normalize(decoded, schema).Object.ToString());
    }

    [Fact]
    [Conformance("[sig-api-machinery] AggregatedDiscovery should support aggregated discovery interface")]
    public async Task Aggregated_discovery_names_every_resource()
    {
        await using var server = await TestServer.StartAsync();
        var named = new List<string>();
        foreach (var path in (string[])["/api", "/apis"])
        {
            var (_, list) = await server.SendAsync(HttpMethod.Get, path, accept: Aggregated + ",application/json");
            Assert.Equal(("APIGroupDiscoveryList", "apidiscovery.k8s.io/v2"), (list.GetString("kind"), list.GetString("apiVersion")));
            named.AddRange(
                from item in Items(list, "items")
                from version in Items(item, "versions")
                from resource in Items(version, "resources")
                select $"{item.GetObject("metadata")!.GetString("name")}/{version.GetString("version")}/{resource.GetString("resource")}");
        }

        Assert.Equal(
            BuiltIn.Resources.Select(r => $"{r.GroupVersion.Group}/{r.GroupVersion.Version}/{r.Plural}").Order(StringComparer.Ordinal),
            named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_unchanged_aggregated_document_is_not_sent_again()
    {
        await using var server = await TestServer.StartAsync();
        using var first = await SendAsync(server, "/apis", Aggregated.Replace("v2", "v2beta1", StringComparison.Ordinal), null);
        Assert.Contains("\"apidiscovery.k8s.io/v2beta1\"", await first.Content.ReadAsStringAsync());
        Assert.Contains("v=v2beta1", first.Content.Headers.ContentType!.ToString());
        using var second = await SendAsync(server, "/apis", Aggregated, null);
        using var third = await SendAsync(server, "/apis", Aggregated, second.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, third.StatusCode);
    }

    [Fact]
    public async Task What_is_not_there_or_not_acceptable_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(HttpMethod.Get, "/apis/nonsense")).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(HttpMethod.Get, "/apis/apps/v9")).Code);
        Assert.Equal(HttpStatusCode.NotAcceptable, (await server.SendAsync(HttpMethod.Get, "/apis", accept: "text/html")).Code);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await server.SendAsync(HttpMethod.Post, "/api/v1", "{}")).Code);
    }

    [Fact]
    public async Task Without_an_Accept_header_the_answer_is_JSON()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var path in (string[])["/api", "/apis", "/apis/apps", "/apis/apps/v1", "/openapi/v2"])
            Assert.Equal("application/json", (await server.Http.GetAsync(path)).Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task The_root_lists_the_paths()
    {
        await using var server = await TestServer.StartAsync();
        var (_, root) = await server.SendAsync(HttpMethod.Get, "/");
        var paths = root.GetList("paths")!.Select(p => p.AsString()).ToHashSet();
        Assert.Superset(new HashSet<string?> { "/api/v1", "/apis/apps/v1", "/healthz", "/openapi/v2", "/openapi/v3", "/version" }, paths);
    }

    private static void AssertJson(string expected, Value actual) => Assert.Equal(Value.Parse(expected).ToString(), actual.ToString());

    private static IEnumerable<ObjectValue> Items(ObjectValue document, string list) => document.GetList(list)!.Cast<ObjectValue>();

    private static async Task<byte[]> GetAsync(TestServer server, string path, string accept)
    {
        using var response = await SendAsync(server, path, accept, null);
        return await response.Content.ReadAsByteArrayAsync();
    }

    private static Task<HttpResponseMessage> SendAsync(TestServer server, string path, string accept, string? ifNoneMatch)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        return server.Http.SendAsync(request);
    }
}
