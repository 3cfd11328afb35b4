using System.Net;
using Xebec.ApiMachinery.Values;
using static Xebec.ApiServer.Tests.Conformance.KindClient;

namespace Xebec.ApiServer.Tests.Conformance;

/// <summary>What the list demands of quotas: what exists is counted, what does not count is not, and what is gone is given back.</summary>
public sealed class QuotaTests(KindServer fixture) : IClassFixture<KindServer>
{
    private const string Container = """{"name":"c","image":"i"}""";
    private const string Limited = """{"name":"c","image":"i","resources":{"requests":{"cpu":"500m","memory":"252Mi"},"limits":{"cpu":"500m","memory":"252Mi"}}}""";

    [Theory]
    [InlineData("", "configmaps", "configmaps")]
    [InlineData("", "secrets", "secrets")]
    [InlineData("", "services", "services")]
    [InlineData("", "replicationcontrollers", "replicationcontrollers")]
    [InlineData("apps", "replicasets", "count/replicasets.apps")]
    [Conformance("[sig-api-machinery] ResourceQuota should create a ResourceQuota and capture the life of a configMap.")]
    [Conformance("[sig-api-machinery] ResourceQuota should create a ResourceQuota and capture the life of a replica set.")]
    [Conformance("[sig-api-machinery] ResourceQuota should create a ResourceQuota and capture the life of a replication controller.")]
    [Conformance("[sig-api-machinery] ResourceQuota should create a ResourceQuota and capture the life of a secret.")]
    [Conformance("[sig-api-machinery] ResourceQuota should create a ResourceQuota and capture the life of a service.")]
    public async Task Objects_are_counted_while_they_exist(string group, string plural, string resource)
    {
        var kind = await fixture.ClientAsync(group, "v1", plural);
        var quota = await CreateAsync(kind, "q", "{\"hard\":{\"" + resource + "\":\"1\"}}");
        await UntilUsedAsync(kind, quota, resource, "0");
        var created = await kind.CreateAsync();
        await UntilUsedAsync(kind, quota, resource, "1");
        await kind.FailAsync(403, "Forbidden", HttpMethod.Post, kind.Path, kind.NewObject().ToString());
        await kind.OkAsync(HttpMethod.Delete, kind.PathOf(created) + "?propagationPolicy=Background");
        await UntilUsedAsync(kind, quota, resource, "0");
    }

    [Fact]
    [Conformance("[sig-api-machinery] ResourceQuota should create a ResourceQuota and capture the life of a pod.")]
    public async Task What_a_pod_asks_for_is_counted_and_cannot_change()
    {
        var pods = await fixture.ClientAsync("", "v1", "pods");
        var quota = await CreateAsync(pods, "q", """{"hard":{"pods":"5","requests.cpu":"1","requests.memory":"500Mi","requests.example.com/dongle":"3"}}""");
        const string Body = """{"containers":[{"name":"c","image":"i","resources":{"requests":{"cpu":"500m","memory":"252Mi","example.com/dongle":"2"},"limits":{"example.com/dongle":"2"}}}]}""";
        var created = await CreatePodAsync(pods, Body);
        await UntilUsedAsync(pods, quota, "requests.cpu", "500m");
        await UntilUsedAsync(pods, quota, "requests.example.com/dongle", "2");
        var more = pods.NewObject();
        more["spec"] = Value.Parse(Body.Replace("500m", "600m", StringComparison.Ordinal));
        await pods.FailAsync(403, "Forbidden", HttpMethod.Post, pods.Path, more.ToString());
        const string Change = """[{"op":"replace","path":"/spec/containers/0/resources/requests/cpu","value":"600m"}]""";
        await pods.FailAsync(422, "Invalid", HttpMethod.Patch, pods.PathOf(created), Change, "application/json-patch+json");
        await pods.OkAsync(HttpMethod.Delete, pods.PathOf(created));
        await UntilUsedAsync(pods, quota, "requests.cpu", "0");
        await UntilUsedAsync(pods, quota, "pods", "0");
    }

    [Theory]
    [InlineData("BestEffort", "NotBestEffort", Container, Limited)]
    [InlineData("Terminating", "NotTerminating", Limited + "],\"activeDeadlineSeconds\":3600,\"tolerations\":[", Limited)]
    [Conformance("[sig-api-machinery] ResourceQuota should verify ResourceQuota with best effort scope.")]
    [Conformance("[sig-api-machinery] ResourceQuota should verify ResourceQuota with terminating scopes.")]
    public async Task A_scope_counts_only_its_pods(string scope, string other, string inScope, string inOther)
    {
        var pods = await fixture.ClientAsync("", "v1", "pods");
        var first = await CreateAsync(pods, "first", "{\"hard\":{\"pods\":\"5\"},\"scopes\":[\"" + scope + "\"]}");
        var second = await CreateAsync(pods, "second", "{\"hard\":{\"pods\":\"5\"},\"scopes\":[\"" + other + "\"]}");
        var one = await CreatePodAsync(pods, "{\"containers\":[" + inScope + "]}");
        await UntilUsedAsync(pods, first, "pods", "1");
        await UntilUsedAsync(pods, second, "pods", "0");
        await pods.OkAsync(HttpMethod.Delete, pods.PathOf(one));
        await CreatePodAsync(pods, "{\"containers\":[" + inOther + "]}");
        await UntilUsedAsync(pods, first, "pods", "0");
        await UntilUsedAsync(pods, second, "pods", "1");
    }

    [Fact]
    [Conformance("[sig-api-machinery] ResourceQuota should apply changes to a resourcequota status")]
    public async Task A_quotas_status_is_written_by_its_subresource_only()
    {
        var quotas = await fixture.ClientAsync("", "v1", "resourcequotas");
        var created = await quotas.CreateAsync();
        var patched = await quotas.PatchAsync(created, """{"status":{"hard":{"cpu":"1"}},"spec":{"hard":{"cpu":"9"}}}""", "status");
        Assert.Equal("1", patched.GetObject("status")!.GetObject("hard")!.GetString("cpu"));
        Assert.Equal(created["spec"]!.ToString(), patched["spec"]!.ToString());
        var spec = await quotas.PatchAsync(created, """{"spec":{"hard":{"count/things.example.com":"7"}}}""");
        Assert.Equal("7", spec.GetObject("spec")!.GetObject("hard")!.GetString("count/things.example.com"));
        await UntilAsync(quotas, created, item => item.GetObject("status")?.GetObject("hard")?.ToString() == """{"count/things.example.com":"7"}""");
        Assert.Equal("{\"count/things.example.com\":\"7\"}", (await quotas.GetAsync(created, "status")).GetObject("status")!["hard"]!.ToString());
    }

    private static async Task<ObjectValue> CreateAsync(KindClient kind, string name, string spec) => await kind.OkAsync(
        HttpMethod.Post, Quotas(kind), "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":" + spec + "}", code: HttpStatusCode.Created);

    private static async Task<ObjectValue> CreatePodAsync(KindClient pods, string spec)
    {
        var sent = pods.NewObject();
        sent["spec"] = Value.Parse(spec);
        return await pods.OkAsync(HttpMethod.Post, pods.Path, sent.ToString(), code: HttpStatusCode.Created);
    }

    private static string Quotas(KindClient kind) => $"/api/v1/namespaces/{kind.Namespace}/resourcequotas";

    private Task UntilUsedAsync(KindClient kind, ObjectValue quota, string resource, string used) =>
        UntilAsync(kind, quota, item => item.GetObject("status")?.GetObject("used")?.GetString(resource) == used);

    // The status follows within a second of the server's clock.
    private async Task UntilAsync(KindClient kind, ObjectValue quota, Predicate<ObjectValue> isAsExpected)
    {
        for (var attempt = 0; ; attempt++)
        {
            var item = await kind.OkAsync(HttpMethod.Get, $"{Quotas(kind)}/{NameOf(quota)}");
            if (isAsExpected(item))
                return;
            Assert.True(attempt < 2000, $"the quota's status does not come about: {item}");
            fixture.Server.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }
    }
}
