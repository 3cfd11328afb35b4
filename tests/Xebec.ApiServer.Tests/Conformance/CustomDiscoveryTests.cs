using System.Net;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Tests.CustomResources;
using Xebec.Tests;

namespace Xebec.ApiServer.Tests.Conformance;

public sealed class CustomDiscoveryTests
{
    private const string Aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private const string Spec = """{"type":"object","properties":{"a":{"type":"string"} } }""";

    [Theory]
    [InlineData("apiextensions.k8s.io", "customresourcedefinitions")]
    [InlineData("admissionregistration.k8s.io", "mutatingwebhookconfigurations")]
    [InlineData("admissionregistration.k8s.io", "validatingwebhookconfigurations")]
    [Conformance("[sig-api-machinery] CustomResourceDefinition resources [Privileged:ClusterAdmin] should include custom resource definition resources in discovery documents")]
    [Conformance("[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin] should include webhook resources in discovery documents")]
    public async Task The_kinds_that_extend_the_API_are_in_every_document(string group, string plural)
    {
        await using var server = await TestServer.StartAsync();
        var (_, groups) = await server.SendAsync(HttpMethod.Get, "/apis");
        var listed = groups.GetList("groups")!.Select(g => g.AsObject()!).Single(g => g.GetString("name") == group);
        Assert.Equal(group + "/v1", listed.GetObject("preferredVersion")!.GetString("groupVersion"));
        var (_, one) = await server.SendAsync(HttpMethod.Get, "/apis/" + group);
        Assert.Contains(one.GetList("versions")!, v => v.AsObject()!.GetString("groupVersion") == group + "/v1");
        var (_, resources) = await server.SendAsync(HttpMethod.Get, $"/apis/{group}/v1");
        Assert.Contains(resources.GetList("resources")!, r => r.AsObject()!.GetString("name") == plural);
    }

    [Fact]
    [Conformance("[sig-api-machinery] AggregatedDiscovery should support aggregated discovery interface for CRDs")]
    [Conformance("[sig-api-machinery] AggregatedDiscovery should support raw aggregated discovery request for CRDs")]
    public async Task Aggregated_discovery_has_what_a_definition_declares()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition(Spec));
        var (code, document) = await server.SendAsync(HttpMethod.Get, "/apis", accept: Aggregated);
        Assert.Equal((HttpStatusCode.OK, "APIGroupDiscoveryList"), (code, document.GetString("kind")));
        var group = document.GetList("items")!.Select(g => g.AsObject()!)
            .Single(g => g.GetObject("metadata")!.GetString("name") == "stable.example.com");
        var version = Assert.IsType<ObjectValue>(Assert.Single(group.GetList("versions")!));
        var resource = Assert.IsType<ObjectValue>(Assert.Single(version.GetList("resources")!));
        Assert.Equal(("v1", "crontabs", "Namespaced"), (version.GetString("version"), resource.GetString("resource"), resource.GetString("scope")));
        Assert.Equal("""{"group":"stable.example.com","version":"v1","kind":"CronTab"}""", resource["responseKind"]!.ToString());
    }
}
