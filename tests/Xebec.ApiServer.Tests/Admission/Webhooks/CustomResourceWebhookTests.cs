using System.Net;
using Xebec.ApiServer.Tests.CustomResources;
using Xebec.Tests;
using Xunit;
using static Xebec.ApiServer.Tests.Admission.Webhooks.WebhookCluster;

namespace Xebec.ApiServer.Tests.Admission.Webhooks;

public sealed class CustomResourceWebhookTests
{
    private const string Group = "stable.example.com";
    private const string Schema = """{"type":"object","properties":{"known":{"type":"string"},"level":{"type":"string","default":"low"} } }""";

    [Fact]
    [Conformance("[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin] should mutate custom resource")]
    [Conformance("[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin] should mutate custom resource with pruning")]
    public async Task What_a_webhook_adds_to_a_custom_resource_is_pruned_and_defaulted()
    {
        await using var cluster = await StartAsync();
        await CronTabs.DefineAsync(cluster.Server, CronTabs.Definition(Schema));
        cluster.AnswerPatch(
            "/mutate", """[{"op":"add","path":"/spec/known","value":"yes"},{"op":"add","path":"/spec/unknown","value":"no"},{"op":"remove","path":"/spec/level"}]""");
        await cluster.MutateAsync("m", cluster.Webhook("/mutate", Rule("crontabs", group: Group)));
        var (code, created) = await cluster.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("one", "\"spec\":{\"level\":\"high\"}"));
        Assert.True(code == HttpStatusCode.Created, created.ToString());
        var spec = created.GetObject("spec")!;
        Assert.Equal(("yes", "low", null), (spec.GetString("known"), spec.GetString("level"), spec["unknown"]));
    }

    [Fact]
    [Conformance("[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin] should mutate custom resource with different stored version")]
    public async Task A_custom_resource_is_mutated_before_and_after_its_stored_version_changed()
    {
        await using var cluster = await StartAsync();
        await CronTabs.DefineAsync(cluster.Server, TwoVersions.Definition(Schema));
        cluster.AnswerPatch("/mutate", """[{"op":"add","path":"/spec/known","value":"yes"}]""");
        await cluster.MutateAsync("m", cluster.Webhook("/mutate", Rule("crontabs", group: Group, version: "v1")));
        await cluster.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("one", "\"spec\":{}"));
        await TwoVersions.StoreTheNewerAsync(cluster.Server);
        var (code, patched) = await cluster.SendAsync(
            HttpMethod.Patch, CronTabs.Path + "/one", """{"spec":{"known":"no","level":"high"}}""", "application/merge-patch+json");
        Assert.True(code == HttpStatusCode.OK, patched.ToString());
        var (_, newer) = await cluster.SendAsync(HttpMethod.Get, TwoVersions.NewerPath + "/one");
        Assert.All([patched, newer], item => Assert.Equal("""{"known":"yes","level":"high"}""", item["spec"]!.ToString()));
        Assert.Equal([$"{Group}/v1", $"{Group}/v2"], new[] { patched, newer }.Select(item => item.GetString("apiVersion")));
        Assert.Equal(["CREATE", "UPDATE"], cluster.Hooks.Received.Select(r => r.GetObject("request")!.GetString("operation")));
        Assert.All(cluster.Hooks.Received, r => Assert.Equal($"{Group}/v1", r.GetObject("request")!.GetObject("object")!.GetString("apiVersion")));
    }

    [Fact]
    [Conformance("[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin] should be able to deny custom resource creation, update and deletion")]
    public async Task Creation_update_and_deletion_of_a_custom_resource_are_denied()
    {
        await using var cluster = await StartAsync();
        await CronTabs.DefineAsync(cluster.Server, CronTabs.Definition(Schema));
        await cluster.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("one", "\"spec\":{}"));
        cluster.Answer("/deny", _ => """{"allowed":false,"status":{"code":403}}""");
        await cluster.ValidateAsync("v", cluster.Webhook("/deny", Rule("crontabs", group: Group)));
        Assert.Equal(
            HttpStatusCode.Forbidden, (await cluster.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("two", "\"spec\":{}"))).Code);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await cluster.SendAsync(HttpMethod.Patch, CronTabs.Path + "/one", """{"spec":{"known":"a"}}""", "application/merge-patch+json")).Code);
        Assert.Equal(HttpStatusCode.Forbidden, (await cluster.SendAsync(HttpMethod.Delete, CronTabs.Path + "/one")).Code);
        Assert.Equal(["CREATE", "UPDATE", "DELETE"], cluster.Hooks.Received.Select(r => r.GetObject("request")!.GetString("operation")));
    }

    [Fact]
    [Conformance("[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin] should deny crd creation")]
    public async Task The_creation_of_a_definition_is_denied()
    {
        await using var cluster = await StartAsync();
        cluster.Answer("/deny", _ => """{"allowed":false,"status":{"code":403,"message":"the custom resource definition contains unwanted label"}}""");
        await cluster.ValidateAsync("v", cluster.Webhook("/deny", Rule("customresourcedefinitions", "\"CREATE\"", "apiextensions.k8s.io")));
        var (code, body) = await cluster.SendAsync(HttpMethod.Post, CronTabs.DefinitionsPath, CronTabs.Definition(Schema));
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.Contains("denied the request: the custom resource definition contains unwanted label", CronTabs.Message(body), StringComparison.Ordinal);
    }
}
