using System.Net;
using Xebec.ApiMachinery.Values;
using Xebec.Tests;
using Xunit;
using static Xebec.ApiServer.Tests.Admission.Webhooks.WebhookCluster;

namespace Xebec.ApiServer.Tests.Admission.Webhooks;

/// <summary>What becomes of requests when the configurations of webhooks change or go.</summary>
public sealed class WebhookConfigurationTests
{
    private const string Mutating = "MutatingWebhookConfiguration";
    private const string Validating = "ValidatingWebhookConfiguration";

    [Theory]
    [InlineData(Mutating)]
    [InlineData(Validating)]
    [Conformance("[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin] listing mutating webhooks should work")]
    [Conformance("[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin] listing validating webhooks should work")]
    public async Task Configurations_are_listed_and_deleted_by_label(string kind)
    {
        await using var cluster = await StartAsync();
        AnswerWithAMark(cluster, kind);
        foreach (var name in new[] { "a", "b" })
            await cluster.ConfigureAsync(kind, name, [cluster.Webhook("/mark", Rule())], """{"set":"listed"}""");
        await cluster.ConfigureAsync(kind, "c", [cluster.Webhook("/mark", Rule("secrets"))]);
        var listed = PathOf(kind) + "?labelSelector=set%3Dlisted";
        Assert.Equal(["a", "b"], await NamesAsync(cluster, listed));
        Assert.True(await IsMarkedAsync(cluster, kind, "before"));
        Assert.Equal(HttpStatusCode.OK, (await cluster.SendAsync(HttpMethod.Delete, listed)).Code);
        Assert.Equal(["c"], await NamesAsync(cluster, PathOf(kind)));
        Assert.False(await IsMarkedAsync(cluster, kind, "after"));
    }

    [Theory]
    [InlineData(Mutating)]
    [InlineData(Validating)]
    [Conformance("[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin] patching/updating a mutating webhook should work")]
    [Conformance("[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin] patching/updating a validating webhook should work")]
    public async Task An_operation_is_taken_out_of_a_rule_by_update_and_put_back_by_patch(string kind)
    {
        await using var cluster = await StartAsync();
        AnswerWithAMark(cluster, kind);
        await cluster.ConfigureAsync(kind, "one", [cluster.Webhook("/mark", Rule(operations: "\"CREATE\""))]);
        Assert.True(await IsMarkedAsync(cluster, kind, "first"));
        var (_, read) = await cluster.SendAsync(HttpMethod.Get, PathOf(kind) + "/one");
        var updated = read.ToString().Replace("\"CREATE\"", "\"UPDATE\"", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await cluster.SendAsync(HttpMethod.Put, PathOf(kind) + "/one", updated)).Code);
        await cluster.SettleAsync();
        Assert.False(await IsMarkedAsync(cluster, kind, "second"));
        const string Patch = """[{"op":"replace","path":"/webhooks/0/rules/0/operations","value":["CREATE"]}]""";
        Assert.Equal(HttpStatusCode.OK, (await cluster.SendAsync(HttpMethod.Patch, PathOf(kind) + "/one", Patch, "application/json-patch+json")).Code);
        await cluster.SettleAsync();
        Assert.True(await IsMarkedAsync(cluster, kind, "third"));
    }

    private static string PathOf(string kind) => Registration + kind.ToLowerInvariant() + "s";

    private static async Task<IEnumerable<string>> NamesAsync(WebhookCluster cluster, string path)
    {
        var (_, list) = await cluster.SendAsync(HttpMethod.Get, path);
        return list.GetList("items")!.Select(item => item.AsObject()!.GetObject("metadata")!.GetString("name")!);
    }

    private static void AnswerWithAMark(WebhookCluster cluster, string kind) => cluster.Answer(
        "/mark", _ => kind == Mutating ? Patched("""[{"op":"add","path":"/data/mark","value":"yes"}]""") : """{"allowed":false,"status":{"code":403}}""");

    /// <summary>Creates a ConfigMap; returns whether the webhook changed or refused it.</summary>
    private static async Task<bool> IsMarkedAsync(WebhookCluster cluster, string kind, string name)
    {
        var (code, body) = await cluster.CreateConfigMapAsync($$"""{"name":"{{name}}"}""", """{"a":"b"}""");
        var isRefused = kind == Validating && code == HttpStatusCode.Forbidden;
        Assert.True(isRefused || code == HttpStatusCode.Created, body.ToString());
        return isRefused || body.GetObject("data")!.ContainsKey("mark");
    }
}
