using System.Net;
using Xunit;
using static Xebec.ApiServer.Tests.Admission.Webhooks.WebhookCluster;

namespace Xebec.ApiServer.Tests.Admission.Webhooks;

public sealed class WebhookServiceTests
{
    private const string Services = "/api/v1/namespaces/default/services";

    [Fact]
    public async Task A_service_is_reached_under_its_name()
    {
        await using var cluster = await StartAsync(null, "hooks.default.svc");
        cluster.AnswerPatch("/mutate", """[{"op":"add","path":"/data","value":{"mutated":"yes"}}]""");
        await cluster.SendAsync(
            HttpMethod.Post, Services, """{"metadata":{"name":"hooks"},"spec":{"type":"ExternalName","externalName":"localhost"}}""");
        await cluster.MutateAsync("m", Webhook(cluster));
        var (code, created) = await cluster.CreateConfigMapAsync("""{"name":"one"}""");
        Assert.True(code == HttpStatusCode.Created, created.ToString());
        Assert.Equal("yes", created.GetObject("data")!.GetString("mutated"));
    }

    [Fact]
    public async Task A_service_that_is_absent_or_has_nobody_ready_is_named_in_the_failure()
    {
        await using var cluster = await StartAsync(null, "hooks.default.svc");
        await cluster.MutateAsync("m", Webhook(cluster));
        var prefix = "Internal error occurred: failed calling webhook \"hook.example.com\": failed to call webhook: "
            + $"Post \"https://hooks.default.svc:{cluster.Hooks.Port}/mutate?timeout=10s\": ";
        Assert.Equal(prefix + "service \"hooks\" not found", await MessageAsync(cluster));
        await cluster.SendAsync(HttpMethod.Post, Services, $$"""{"metadata":{"name":"hooks"},"spec":{"ports":[{"port":{{cluster.Hooks.Port}} } ] } }""");
        await cluster.SettleAsync();
        Assert.Equal(prefix + "no endpoints available for service \"hooks\"", await MessageAsync(cluster));
    }

    private static async Task<string?> MessageAsync(WebhookCluster cluster) =>
        (await cluster.CreateConfigMapAsync("""{"name":"one"}""")).Body.GetString("message");

    private static string Webhook(WebhookCluster cluster) => $$"""
        {"name":"hook.example.com","rules":[{{Rule()}}],"sideEffects":"None","admissionReviewVersions":["v1"],"clientConfig":{"caBundle":"{{cluster.Hooks.CaBundle}}",
         "service":{"namespace":"default","name":"hooks","path":"/mutate","port":{{cluster.Hooks.Port}} } } }
        """;
}
