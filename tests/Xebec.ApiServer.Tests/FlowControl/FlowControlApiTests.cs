using System.Net;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.FlowControl;

/// <summary>Every operation of the API of FlowSchemas and PriorityLevelConfigurations.</summary>
public sealed class FlowControlApiTests
{
    private const string Group = "flowcontrol.apiserver.k8s.io/v1";
    private const string Merge = "application/merge-patch+json";

    [Fact]
    [Conformance("[sig-api-machinery] API priority and fairness should support FlowSchema API operations")]
    public Task FlowSchemas() => OperateAsync("flowschemas", "FlowSchema", "matchingPrecedence", """
        {"matchingPrecedence":9999,"priorityLevelConfiguration":{"name":"global-default"},"distinguisherMethod":{"type":"ByUser"},
        "rules":[{"subjects":[{"kind":"User","user":{"name":"example-e2e-non-existent-user"}}],"nonResourceRules":[{"verbs":["*"],"nonResourceURLs":["*"]}]}]}
        """, """{"spec":{"matchingPrecedence":9998}}""");

    [Fact]
    [Conformance("[sig-api-machinery] API priority and fairness should support PriorityLevelConfiguration API operations")]
    public Task PriorityLevelConfigurations() => OperateAsync("prioritylevelconfigurations", "PriorityLevelConfiguration", "limited", """
        {"type":"Limited","limited":{"nominalConcurrencyShares":2,"limitResponse":{"type":"Reject"}}}
        """, """{"spec":{"limited":{"nominalConcurrencyShares":4}}}""");

    private static async Task OperateAsync(string plural, string kind, string changed, string spec, string patch)
    {
        await using var server = await TestServer.StartAsync();
        var path = $"/apis/{Group}/{plural}";
        var (_, resources) = await server.SendAsync(HttpMethod.Get, $"/apis/{Group}");
        Assert.Contains(resources.GetList("resources")!, r => r.AsObject()!.GetString("name") == plural + "/status");
        using var watch = await server.Http.GetAsync($"{path}?watch=true&labelSelector=test%3Done&resourceVersion=0", HttpCompletionOption.ResponseHeadersRead);
        using var events = new StreamReader(await watch.Content.ReadAsStreamAsync());
        var one = $$$$"""{"kind":"{{{{kind}}}}","apiVersion":"{{{{Group}}}}","metadata":{"name":"one","labels":{"test":"one"}},"spec":{{{{spec}}}}}""";
        Assert.Equal(HttpStatusCode.Created, (await server.SendAsync(HttpMethod.Post, path, one)).Code);
        Assert.Contains("ADDED", await events.ReadLineAsync(), StringComparison.Ordinal);
        var (_, list) = await server.SendAsync(HttpMethod.Get, $"{path}?labelSelector=test%3Done");
        Assert.Single(list.GetList("items")!);
        var (_, stored) = await server.SendAsync(HttpMethod.Get, path + "/one");

        var (code, patched) = await server.SendAsync(HttpMethod.Patch, path + "/one", patch, Merge);
        Assert.Equal(HttpStatusCode.OK, code);
        Assert.False(patched.GetObject("spec")![changed]!.DeepEquals(stored.GetObject("spec")![changed]));
        patched.GetObject("metadata")!.GetOrAddObject("annotations")["updated"] = "yes";
        patched.GetObject("metadata")!.Remove("resourceVersion");
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Put, path + "/one", patched.ToString())).Code);

        const string Condition = """{"status":{"conditions":[{"type":"PatchStatusFailed","status":"False","reason":"E2E"}]}}""";
        var (_, marked) = await server.SendAsync(HttpMethod.Patch, path + "/one/status", Condition, Merge);
        Assert.Contains("PatchStatusFailed", marked.ToString(), StringComparison.Ordinal);
        var (_, status) = await server.SendAsync(HttpMethod.Get, path + "/one/status");
        Assert.Equal("one", status.GetObject("metadata")!.GetString("name"));
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Delete, path + "/one")).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(HttpMethod.Get, path + "/one")).Code);

        await server.SendAsync(HttpMethod.Post, path, one);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Delete, $"{path}?labelSelector=test%3Done")).Code);
        var (_, left) = await server.SendAsync(HttpMethod.Get, $"{path}?labelSelector=test%3Done");
        Assert.Empty(left.GetList("items")!);
    }
}
