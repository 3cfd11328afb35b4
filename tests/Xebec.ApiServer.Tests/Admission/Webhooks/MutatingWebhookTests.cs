using System.Net;
using Xebec.ApiMachinery.Values;
using Xebec.Tests;
using Xunit;
using static Xebec.ApiServer.Tests.Admission.Webhooks.WebhookCluster;

namespace Xebec.ApiServer.Tests.Admission.Webhooks;

public sealed class MutatingWebhookTests
{
    [Conformance("[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin] should mutate configmap")]
    [Fact]
    public async Task A_patch_changes_the_object_before_it_is_stored()
    {
        await using var cluster = await StartAsync();
        cluster.AnswerPatch("/mutate", """[{"op":"add","path":"/data","value":{"mutation":"stage-1"}}]""");
        await cluster.MutateAsync("mutate", cluster.Webhook("/mutate", Rule()));
        var (code, created) = await cluster.CreateConfigMapAsync("""{"name":"one"}""");
        Assert.Equal(HttpStatusCode.Created, code);
        Assert.Equal("stage-1", created.GetObject("data")!.GetString("mutation"));
    }

    [Fact]
    public async Task Webhooks_run_by_name_of_configuration_each_seeing_what_came_before()
    {
        await using var cluster = await StartAsync();
        cluster.AnswerPatch("/first", """[{"op":"add","path":"/data/first","value":"yes"}]""");
        cluster.Answer("/second", request => request.GetObject("object")!.GetObject("data")!.GetString("first") == "yes"
            ? Patched("""[{"op":"add","path":"/data/second","value":"yes"}]""")
            : """{"allowed":true}""");
        await cluster.MutateAsync("b", cluster.Webhook("/second", Rule()));
        await cluster.MutateAsync("a", cluster.Webhook("/first", Rule()));
        var (_, created) = await cluster.CreateConfigMapAsync("""{"name":"one"}""", """{"zero":"yes"}""");
        Assert.Equal("""{"first":"yes","second":"yes","zero":"yes"}""", created.GetObject("data")!.ToString());
    }

    [Conformance("[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin] should mutate pod and apply defaults after mutation")]
    [Fact]
    public async Task A_patched_object_is_defaulted_and_validated_again()
    {
        await using var cluster = await StartAsync();
        cluster.AnswerPatch("/sidecar", """[{"op":"add","path":"/spec/containers/-","value":{"name":"side","image":"busybox","unknown":1}}]""");
        await cluster.MutateAsync("sidecar", cluster.Webhook("/sidecar", Rule("pods", "\"CREATE\"")));
        const string Pod = """{"metadata":{"name":"one"},"spec":{"containers":[{"name":"main","image":"busybox"}]}}""";
        var (code, created) = await cluster.SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/pods", Pod);
        Assert.Equal(HttpStatusCode.Created, code);
        var side = created.GetObject("spec")!.GetList("containers")![1].AsObject()!;
        Assert.Equal("Always", side.GetString("imagePullPolicy"));
        Assert.False(side.ContainsKey("unknown"));
        cluster.AnswerPatch("/sidecar", """[{"op":"add","path":"/spec/containers/-","value":{"name":"MAIN","image":"busybox"}}]""");
        (code, _) = await cluster.SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/pods", Pod.Replace("one", "two", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
    }

    [Fact]
    public async Task Who_asks_to_be_called_again_sees_what_later_ones_changed()
    {
        await using var cluster = await StartAsync();
        var firstCalls = 0;
        cluster.Answer("/first", request =>
        {
            firstCalls++;
            return request.GetObject("object")!.GetObject("data")!.ContainsKey("second")
                ? Patched("""[{"op":"add","path":"/data/again","value":"yes"}]""")
                : """{"allowed":true}""";
        });
        var secondCalls = 0;
        cluster.Answer("/second", _ =>
        {
            secondCalls++;
            return Patched("""[{"op":"add","path":"/data/second","value":"yes"}]""");
        });
        await cluster.MutateAsync(
            "all", cluster.Webhook("/first", Rule(), ",\"reinvocationPolicy\":\"IfNeeded\"", "first.example.com"),
            cluster.Webhook("/second", Rule(), name: "second.example.com"));
        var (_, created) = await cluster.CreateConfigMapAsync("""{"name":"one"}""", """{"zero":"yes"}""");
        Assert.Equal("yes", created.GetObject("data")!.GetString("again"));
        Assert.Equal((2, 1), (firstCalls, secondCalls));
    }

    [Fact]
    public async Task Nobody_is_called_again_when_nothing_changed()
    {
        await using var cluster = await StartAsync();
        cluster.Answer("/calm", _ => """{"allowed":true}""");
        await cluster.MutateAsync(
            "all", cluster.Webhook("/calm", Rule(), ",\"reinvocationPolicy\":\"IfNeeded\"", "first.example.com"),
            cluster.Webhook("/calm", Rule(), ",\"reinvocationPolicy\":\"IfNeeded\"", "second.example.com"));
        await cluster.CreateConfigMapAsync("""{"name":"one"}""");
        Assert.Equal(2, cluster.Hooks.Received.Count);
    }

    [Fact]
    public async Task An_equivalent_version_is_converted_for_the_webhook_and_back()
    {
        await using var cluster = await StartAsync();
        cluster.AnswerPatch("/scale", """[{"op":"replace","path":"/spec/targetCPUUtilizationPercentage","value":33}]""");
        await cluster.MutateAsync("scale", cluster.Webhook("/scale", Rule("horizontalpodautoscalers", group: "autoscaling", version: "v1")));
        var (code, created) = await cluster.SendAsync(
            HttpMethod.Post, "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers", """
            {"metadata":{"name":"one"},"spec":{"maxReplicas":3,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"d"},
             "metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":80}}}]}}
            """);
        Assert.True(code == HttpStatusCode.Created, created.ToString());
        Assert.True(cluster.Hooks.Received.TryDequeue(out var review));
        var request = review.GetObject("request")!;
        Assert.Equal("""{"group":"autoscaling","version":"v1","kind":"HorizontalPodAutoscaler"}""", request["kind"]!.ToString());
        Assert.Equal("""{"group":"autoscaling","version":"v2","kind":"HorizontalPodAutoscaler"}""", request["requestKind"]!.ToString());
        Assert.Equal("autoscaling/v1", request.GetObject("object")!.GetString("apiVersion"));
        Assert.Equal("autoscaling/v2", created.GetString("apiVersion"));
        Assert.Contains("\"averageUtilization\":33", created.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exact_rule_does_not_see_other_versions()
    {
        await using var cluster = await StartAsync();
        cluster.Answer("/deny", _ => """{"allowed":false}""");
        await cluster.MutateAsync(
            "exact", cluster.Webhook("/deny", Rule("horizontalpodautoscalers", group: "autoscaling", version: "v1"), ",\"matchPolicy\":\"Exact\""));
        var (code, _) = await cluster.SendAsync(
            HttpMethod.Post, "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers",
            """{"metadata":{"name":"one"},"spec":{"maxReplicas":3,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"d"}}}""");
        Assert.Equal(HttpStatusCode.Created, code);
    }

    [Fact]
    public async Task A_scale_is_seen_and_changed_as_a_scale()
    {
        await using var cluster = await StartAsync();
        cluster.AnswerPatch("/scale", """[{"op":"replace","path":"/spec/replicas","value":2}]""");
        await cluster.MutateAsync("scale", cluster.Webhook("/scale", Rule("deployments/scale", group: "apps")));
        const string Path = "/apis/apps/v1/namespaces/default/deployments";
        await cluster.SendAsync(HttpMethod.Post, Path, """
            {"metadata":{"name":"d"},"spec":{"replicas":1,"selector":{"matchLabels":{"a":"b"}},
             "template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
            """);
        var (code, scale) = await cluster.SendAsync(
            HttpMethod.Patch, Path + "/d/scale", """{"spec":{"replicas":9}}""", "application/merge-patch+json");
        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal(2, scale.GetObject("spec")!["replicas"]!.AsInt64());
        Assert.True(cluster.Hooks.Received.TryDequeue(out var review));
        var request = review.GetObject("request")!;
        Assert.Equal("""{"group":"autoscaling","version":"v1","kind":"Scale"}""", request["kind"]!.ToString());
        Assert.Equal("scale", request.GetString("subResource"));
        Assert.Equal((9L, 1L), (Replicas(request, "object"), Replicas(request, "oldObject")));
    }

    [Fact]
    public async Task A_generated_name_is_not_known_to_mutating_webhooks_and_is_to_validating_ones()
    {
        await using var cluster = await StartAsync();
        cluster.Answer("/hook", _ => """{"allowed":true}""");
        await cluster.MutateAsync("m", cluster.Webhook("/hook", Rule()));
        await cluster.ValidateAsync("v", cluster.Webhook("/hook", Rule()));
        var (_, created) = await cluster.CreateConfigMapAsync("""{"generateName":"made-"}""");
        var seen = cluster.Hooks.Received.Select(r => r.GetObject("request")!).ToArray();
        Assert.Null(seen[0].GetString("name"));
        Assert.False(seen[0].GetObject("object")!.GetObject("metadata")!.ContainsKey("uid"));
        Assert.Equal(created.GetObject("metadata")!.GetString("name"), seen[1].GetString("name"));
        Assert.Equal(created.GetObject("metadata")!.GetString("uid"), seen[1].GetObject("object")!.GetObject("metadata")!.GetString("uid"));
    }

    [Theory]
    [InlineData("""{"allowed":true,"patch":"W10="}""", "webhook returned response.patch but not response.patchType")]
    [InlineData("""{"allowed":true,"patchType":"JSONPatch"}""", "webhook returned response.patchType but not response.patch")]
    public async Task An_answer_that_is_half_a_patch_is_a_failed_call(string response, string why)
    {
        await using var cluster = await StartAsync();
        cluster.Answer("/odd", _ => response);
        await cluster.MutateAsync("odd", cluster.Webhook("/odd", Rule()));
        var (code, body) = await cluster.CreateConfigMapAsync("""{"name":"one"}""");
        Assert.Equal(HttpStatusCode.InternalServerError, code);
        Assert.Equal($"Internal error occurred: failed calling webhook \"hook.example.com\": {why}", body.GetString("message"));
    }

    private static long? Replicas(ObjectValue request, string member) => request.GetObject(member)!.GetObject("spec")!["replicas"]!.AsInt64();
}
