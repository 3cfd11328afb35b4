using System.Net;
using Xebec.Tests;
using Xunit;
using static Xebec.ApiServer.Tests.Admission.Webhooks.WebhookCluster;

namespace Xebec.ApiServer.Tests.Admission.Webhooks;

public sealed class MatchConditionTests
{
    private const string Condition = ""","failurePolicy":"POLICY","matchConditions":[{"name":"c","expression":"EXPRESSION"}]""";

    [Conformance("[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin] should mutate everything except 'skip-me' configmaps")]
    [Conformance("[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin] should be able to create and update mutating webhook configurations with match conditions")]
    [Fact]
    public async Task A_webhook_is_called_only_when_its_conditions_hold()
    {
        await using var cluster = await StartAsync();
        cluster.AnswerPatch("/mutate", """[{"op":"add","path":"/data","value":{"mutated":"yes"}}]""");
        await cluster.MutateAsync("m", cluster.Webhook("/mutate", Rule("*"), With("object.metadata.name != 'skip-me'")));
        Assert.Null((await cluster.CreateConfigMapAsync("""{"name":"skip-me"}""", """{"a":"b"}""")).Body.GetObject("data")!.GetString("mutated"));
        Assert.Equal("yes", (await cluster.CreateConfigMapAsync("""{"name":"one"}""")).Body.GetObject("data")!.GetString("mutated"));
        Assert.Single(cluster.Hooks.Received);
    }

    [Conformance("[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin] should be able to create and update validating webhook configurations with match conditions")]
    [Fact]
    public async Task A_condition_that_can_not_be_evaluated_refuses_or_passes_over_by_policy()
    {
        await using var cluster = await StartAsync();
        cluster.Answer("/see", _ => """{"allowed":true}""");
        await cluster.ValidateAsync("v", cluster.Webhook("/see", Rule(), With("object.nothing == 'x'", "Ignore")));
        Assert.Equal(HttpStatusCode.Created, (await cluster.CreateConfigMapAsync("""{"name":"one"}""")).Code);
        await cluster.ValidateAsync("w", cluster.Webhook("/see", Rule(), With("object.nothing == 'x'")));
        var (code, body) = await cluster.CreateConfigMapAsync("""{"name":"two"}""");
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.Equal(
            "configmaps \"two\" is forbidden: expression 'object.nothing == 'x'' resulted in error: no such key: nothing", body.GetString("message"));
        Assert.Empty(cluster.Hooks.Received);
    }

    private static string With(string expression, string policy = "Fail") =>
        Condition.Replace("EXPRESSION", expression, StringComparison.Ordinal).Replace("POLICY", policy, StringComparison.Ordinal);
}
