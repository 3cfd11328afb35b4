using System.Net;

namespace Xebec.ApiServer.Tests.Registry;

/// <summary>Which changes make a new generation, which updates must name a version, and what no update may change.</summary>
public sealed class GenerationTests
{
    private const string Merge = "application/merge-patch+json";

    [Theory]
    [InlineData("/apis/apps/v1/namespaces/default/deployments", """{"metadata":{"name":"x"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}""", "annotations", 2)]
    [InlineData("/apis/apps/v1/namespaces/default/deployments", """{"metadata":{"name":"x"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}""", "labels", 1)]
    [InlineData("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", """{"metadata":{"name":"x"},"addressType":"IPv4","endpoints":[]}""", "labels", 2)]
    [InlineData("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", """{"metadata":{"name":"x"},"addressType":"IPv4","endpoints":[]}""", "annotations", 1)]
    [InlineData("/apis/storage.k8s.io/v1/storageclasses", """{"metadata":{"name":"x"},"provisioner":"a.b"}""", "labels", null)]
    [InlineData("/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers", """{"metadata":{"name":"x"},"spec":{"maxReplicas":2,"scaleTargetRef":{"kind":"Deployment","name":"d"}}}""", "labels", null)]
    public async Task Metadata_counts_where_controllers_read_it(string path, string body, string field, int? generation)
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await server.SendAsync(HttpMethod.Post, path, body)).Code);
        var (code, changed) = await server.SendAsync(HttpMethod.Patch, path + "/x", $$$$"""{"metadata":{"{{{{field}}}}":{"k":"v"}}}""", Merge);
        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal(generation, changed.GetObject("metadata")!["generation"]?.AsInt64());
    }

    [Fact]
    public async Task A_disruption_budget_is_updated_at_the_version_seen()
    {
        await using var server = await TestServer.StartAsync();
        const string Path = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";
        var (_, made) = await server.SendAsync(HttpMethod.Post, Path, """{"metadata":{"name":"x"},"spec":{"minAvailable":1}}""");
        var version = made.GetObject("metadata")!.GetString("resourceVersion");
        made.GetObject("metadata")!.Remove("resourceVersion");
        var (blind, status) = await server.SendAsync(HttpMethod.Put, Path + "/x", made.ToString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, blind);
        Assert.EndsWith("must be specified for an update", status.GetString("message"), StringComparison.Ordinal);
        made.GetObject("metadata")!["resourceVersion"] = version;
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Put, Path + "/x", made.ToString())).Code);
    }

    [Fact]
    public async Task A_role_is_created_by_a_put()
    {
        await using var server = await TestServer.StartAsync();
        const string Path = "/apis/rbac.authorization.k8s.io/v1/clusterroles/made-by-put";
        Assert.Equal(HttpStatusCode.Created, (await server.SendAsync(HttpMethod.Put, Path, """{"metadata":{"name":"made-by-put"}}""")).Code);
    }

    [Fact]
    public async Task The_catch_all_schema_stays_as_it_is()
    {
        await using var server = await TestServer.StartAsync();
        var (code, status) = await server.SendAsync(
            HttpMethod.Patch, "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas/catch-all", """{"spec":{"distinguisherMethod":null}}""", Merge);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.EndsWith("spec of 'catch-all' must equal the fixed value", status.GetString("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_autoscaler_without_a_target_is_for_eighty_percent()
    {
        await using var server = await TestServer.StartAsync();
        var (_, made) = await server.SendAsync(
            HttpMethod.Post, "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers",
            """{"metadata":{"name":"x"},"spec":{"maxReplicas":2,"scaleTargetRef":{"kind":"Deployment","name":"d"}}}""");
        Assert.Equal(80L, made.GetObject("spec")!["targetCPUUtilizationPercentage"]?.AsInt64());
    }

    [Theory]
    [InlineData("subjectaccessreviews", """{"metadata":{"name":"x"},"spec":{"user":"u","resourceAttributes":{"verb":"get","resource":"pods"}}}""", "must be empty")]
    [InlineData("namespaces/default/localsubjectaccessreviews", """{"spec":{"user":"u","nonResourceAttributes":{"verb":"get","path":"/"}}}""", "disallowed on this kind of request")]
    public async Task A_review_is_of_no_object(string resource, string body, string message)
    {
        await using var server = await TestServer.StartAsync();
        var (code, status) = await server.SendAsync(HttpMethod.Post, $"/apis/authorization.k8s.io/v1/{resource}", body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Contains(message, status.GetString("message"), StringComparison.Ordinal);
    }
}
