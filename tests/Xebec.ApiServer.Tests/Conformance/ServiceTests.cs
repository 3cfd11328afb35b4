using System.Net;
using Xebec.ApiMachinery.Values;
using Xebec.ComponentBase.Certificates;
using static Xebec.ApiServer.Tests.Conformance.KindClient;

namespace Xebec.ApiServer.Tests.Conformance;

/// <summary>What the list demands of Services as objects of the API, of scale and of events.</summary>
public sealed class ServiceTests(KindServer fixture) : IClassFixture<KindServer>
{
    private const string External = """{"spec":{"type":"ExternalName","externalName":"foo.example.com","clusterIP":null,"clusterIPs":null,"ports":null}}""";

    [Theory]
    [InlineData("ClusterIP")]
    [InlineData("NodePort")]
    [Conformance("[sig-network] Services should be able to change the type from ClusterIP to ExternalName")]
    [Conformance("[sig-network] Services should be able to change the type from NodePort to ExternalName")]
    public async Task A_service_gives_up_its_address_for_a_name(string type)
    {
        var services = await fixture.ClientAsync("", "v1", "services");
        var sent = services.NewObject();
        sent.GetObject("spec")!["type"] = type;
        var created = await services.OkAsync(HttpMethod.Post, services.Path, sent.ToString(), code: HttpStatusCode.Created);
        Assert.NotEmpty(created.GetObject("spec")!.GetString("clusterIP")!);
        var port = NodePort(created);
        Assert.Equal(type == "NodePort", port > 0);
        var changed = await services.PatchAsync(created, External, type: "strategic-merge-patch+json");
        Assert.Null(changed.GetObject("spec")!["clusterIP"]);
        Assert.Null(changed.GetObject("spec")!["clusterIPs"]);
        var again = services.NewObject();
        again.GetObject("spec")!["type"] = type;
        if (type == "NodePort")
            again.GetObject("spec")!.GetList("ports")![0].AsObject()!["nodePort"] = port;
        again.GetObject("spec")!["clusterIP"] = created.GetObject("spec")!.GetString("clusterIP")!;
        await services.OkAsync(HttpMethod.Post, services.Path, again.ToString(), code: HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("ClusterIP")]
    [InlineData("NodePort")]
    [Conformance("[sig-network] Services should be able to change the type from ExternalName to ClusterIP")]
    [Conformance("[sig-network] Services should be able to change the type from ExternalName to NodePort")]
    public async Task A_named_service_gets_an_address(string type)
    {
        var services = await fixture.ClientAsync("", "v1", "services");
        var sent = services.NewObject();
        sent["spec"] = Value.Parse("""{"type":"ExternalName","externalName":"foo.example.com"}""");
        var created = await services.OkAsync(HttpMethod.Post, services.Path, sent.ToString(), code: HttpStatusCode.Created);
        Assert.Null(created.GetObject("spec")!["clusterIP"]);
        var changed = await services.PatchAsync(
            created, $$$"""{"spec":{"type":"{{{type}}}","externalName":null,"ports":[{"port":80,"protocol":"TCP"}]} }""", type: "strategic-merge-patch+json");
        Assert.True(IPAddress.TryParse(changed.GetObject("spec")!.GetString("clusterIP"), out _));
        Assert.Equal(type == "NodePort", NodePort(changed) > 0);
    }

    [Fact]
    [Conformance("[sig-network] Services should provide secure master service")]
    [Conformance("[sig-network] Services should find a service from listing all namespaces")]
    [Conformance("[sig-network] EndpointSlice should have Endpoints and EndpointSlices pointing to API Server")]
    public async Task The_API_servers_own_service_is_in_the_default_namespace()
    {
        var folder = Directory.CreateTempSubdirectory("xebec-service-test-").FullName;
        try
        {
            var certificates = ClusterCertificates.Open(folder, TimeProvider.System);
            await using var server = await TestServer.StartAsync(new KubeApiServerOptions
            {
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
                AdvertiseAddress = IPAddress.Parse("192.0.2.1"),
                ServingCertificate = certificates.Get("apiserver", ClusterProfiles.ApiServer([], [])),
                ClientAuthority = certificates.Authority.Root.Certificate,
            });
            await AssertLeadsToAsync(server, "192.0.2.1");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task AssertLeadsToAsync(TestServer server, string address)
    {
        var (_, all) = await server.SendAsync(HttpMethod.Get, "/api/v1/services");
        var service = all.GetList("items")!.Select(item => item.AsObject()!).Single(item => NameOf(item) == "kubernetes");
        Assert.Equal("default", service.GetObject("metadata")!.GetString("namespace"));
        Assert.Contains("\"port\":443", Ports(service), StringComparison.Ordinal);
        var (_, endpoints) = await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces/default/endpoints/kubernetes");
        Assert.Equal($$"""[{"ip":"{{address}}"}]""", endpoints.GetList("subsets")![0].AsObject()!["addresses"]!.ToString());
        var (_, slices) = await server.SendAsync(
            HttpMethod.Get, "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices?labelSelector=kubernetes.io/service-name%3Dkubernetes");
        var endpoint = slices.GetList("items")!.Single().AsObject()!.GetList("endpoints")![0].AsObject()!;
        Assert.Equal($"[\"{address}\"]", endpoint["addresses"]!.ToString());
    }

    [Theory]
    [InlineData("", "v1", "replicationcontrollers")]
    [InlineData("apps", "v1", "deployments")]
    [InlineData("apps", "v1", "replicasets")]
    [InlineData("apps", "v1", "statefulsets")]
    [Conformance("[sig-apps] Deployment Deployment should have a working scale subresource")]
    [Conformance("[sig-apps] ReplicaSet Replicaset should have a working scale subresource")]
    [Conformance("[sig-apps] ReplicationController should get and update a ReplicationController scale")]
    [Conformance("[sig-apps] StatefulSet Basic StatefulSet functionality [StatefulSetBasic] should have a working scale subresource")]
    public async Task Scale_is_read_updated_and_patched(string group, string version, string plural)
    {
        var kind = await fixture.ClientAsync(group, version, plural);
        var created = await kind.CreateAsync();
        var scale = await kind.GetAsync(created, "scale");
        Assert.Equal(("Scale", "autoscaling/v1"), (scale.GetString("kind"), scale.GetString("apiVersion")));
        Assert.Equal(1, scale.GetObject("spec")!["replicas"]!.AsInt64());
        Assert.Equal((UidOf(created), VersionOf(created)), (UidOf(scale), VersionOf(scale)));
        scale.GetObject("spec")!["replicas"] = Value.Parse("2");
        var updated = await kind.OkAsync(HttpMethod.Put, kind.PathOf(created, "scale"), scale.ToString());
        Assert.Equal(2, updated.GetObject("spec")!["replicas"]!.AsInt64());
        await kind.FailAsync(409, "Conflict", HttpMethod.Put, kind.PathOf(created, "scale"), scale.ToString());
        var patched = await kind.PatchAsync(created, """{"spec":{"replicas":4}}""", "scale");
        Assert.Equal(4, patched.GetObject("spec")!["replicas"]!.AsInt64());
        Assert.Equal(4, (await kind.GetAsync(created)).GetObject("spec")!["replicas"]!.AsInt64());
        await kind.FailAsync(422, "Invalid", HttpMethod.Patch, kind.PathOf(created, "scale"), """{"spec":{"replicas":-1}}""", "application/merge-patch+json");
    }

    [Theory]
    [InlineData("", """{"message":"patched"}""")]
    [InlineData("events.k8s.io", """{"series":{"count":2,"lastObservedTime":"2026-11-23T12:00:00.000000Z"}}""")]
    [Conformance("[sig-instrumentation] Events should manage the lifecycle of an event")]
    [Conformance("[sig-instrumentation] Events API should ensure that an event can be fetched, patched, deleted, and listed")]
    public async Task An_event_is_patched_and_becomes_a_series(string group, string patch)
    {
        var events = await fixture.ClientAsync(group, "v1", "events");
        var created = await events.CreateAsync("event");
        Assert.Equal([NameOf(created)], (await events.ListAsync("?labelSelector=conformance%3Devent", everywhere: true)).Select(NameOf));
        var patched = await events.PatchAsync(created, patch, type: "strategic-merge-patch+json");
        Assert.Contains(patch[1..^1], patched.ToString(), StringComparison.Ordinal);
        patched["series"] = Value.Parse("""{"count":100,"lastObservedTime":"2026-11-23T12:00:00.000000Z"}""");
        var updated = await events.OkAsync(HttpMethod.Put, events.PathOf(created), patched.ToString());
        Assert.Equal(100, updated.GetObject("series")!["count"]!.AsInt64());
        await events.OkAsync(HttpMethod.Delete, events.PathOf(created));
        Assert.Empty(await events.ListAsync("?labelSelector=conformance%3Devent", everywhere: true));
    }

    private static long NodePort(ObjectValue service) => service.GetObject("spec")!.GetList("ports")![0].AsObject()!["nodePort"]?.AsInt64() ?? 0;

    private static string Ports(ObjectValue service) => service.GetObject("spec")!["ports"]!.ToString();
}
