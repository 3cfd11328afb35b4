using System.Net;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Tests.FlowControl;

public sealed class FlowControlServerTests
{
    private const string Base = "/apis/flowcontrol.apiserver.k8s.io/v1";

    [Fact]
    public async Task The_bootstrap_objects_are_there_and_not_dangling()
    {
        await using var server = await TestServer.StartAsync();
        var (_, levels) = await server.SendAsync(HttpMethod.Get, $"{Base}/prioritylevelconfigurations");
        Assert.Equal(8, levels.GetList("items")!.Count);
        var (_, schema) = await FollowAsync(server, "global-default", "Found");
        Assert.Equal("False", schema);
    }

    [Fact]
    public async Task A_schema_without_its_level_is_marked_dangling_and_passed_over()
    {
        await using var server = await TestServer.StartAsync(new KubeApiServerOptions { AllowEverything = true });
        var (code, _) = await server.SendAsync(HttpMethod.Post, $"{Base}/flowschemas", Schema("lost", "nowhere"));
        Assert.Equal(HttpStatusCode.Created, code);
        var (reason, status) = await FollowAsync(server, "lost", "NotFound");
        Assert.Equal(("NotFound", "True"), (reason, status));
        using var jane = server.As(new UserInfo("jane", "system:authenticated"));
        using var answer = await jane.GetAsync("/api/v1/namespaces");
        Assert.Equal(await UidAsync(server, "flowschemas", "global-default"), Header(answer, "X-Kubernetes-PF-FlowSchema-UID"));
        Assert.Equal(
            await UidAsync(server, "prioritylevelconfigurations", "global-default"), Header(answer, "X-Kubernetes-PF-PriorityLevel-UID"));
    }

    [Fact]
    public async Task What_exceeds_a_level_without_queues_is_told_to_try_again()
    {
        await using var server = await TestServer.StartAsync(new KubeApiServerOptions { AllowEverything = true });
        await server.SendAsync(HttpMethod.Post, $"{Base}/prioritylevelconfigurations", """
            {"kind":"PriorityLevelConfiguration","apiVersion":"flowcontrol.apiserver.k8s.io/v1","metadata":{"name":"narrow"},
            "spec":{"type":"Limited","limited":{"nominalConcurrencyShares":0,"limitResponse":{"type":"Reject"},"borrowingLimitPercent":0}}}
            """);
        await server.SendAsync(HttpMethod.Post, $"{Base}/flowschemas", Schema("jane", "narrow"));
        await server.SendAsync(HttpMethod.Get, $"{Base}/flowschemas");
        using var jane = server.As(new UserInfo("jane", "system:authenticated"));
        // A watch of initial events that nobody reads holds its seat, of which there is one.
        await FillAsync(server, 40);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/configmaps?watch=true&resourceVersion=0");
        using var watch = await jane.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var refused = await jane.GetAsync("/api/v1/namespaces");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("Too many requests, please try again later.\n", await refused.Content.ReadAsStringAsync());
        Assert.Equal("1", Header(refused, "Retry-After"));
        Assert.Contains(
            "apiserver_flowcontrol_rejected_requests_total{priority_level=\"narrow\",flow_schema=\"jane\"", await MetricsAsync(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Levels_queues_and_requests_can_be_looked_at()
    {
        await using var server = await TestServer.StartAsync();
        using var jane = server.As(new UserInfo("jane", "system:authenticated"));
        using var answer = await jane.GetAsync("/version");
        var levels = await server.Http.GetStringAsync("/debug/api_priority_and_fairness/dump_priority_levels");
        Assert.StartsWith("PriorityLevelName, ActiveQueues, IsIdle, IsQuiescing, WaitingRequests", levels, StringComparison.Ordinal);
        Assert.Contains("global-default, 0, true, false, 0, 0, 1, 0, 0, 0\n", levels, StringComparison.Ordinal);
        var queues = await server.Http.GetStringAsync("/debug/api_priority_and_fairness/dump_queues");
        Assert.Equal(64 + 64 + 16 + 128 + 128 + 128 + 1, queues.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith(
            "PriorityLevelName, FlowSchemaName", await server.Http.GetStringAsync("/debug/api_priority_and_fairness/dump_requests"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watch_that_follows_holds_no_seat()
    {
        await using var server = await TestServer.StartAsync(new KubeApiServerOptions { AllowEverything = true });
        using var jane = server.As(new UserInfo("jane", "system:authenticated"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/namespaces?watch=true");
        using var watch = await jane.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await server.SendAsync(
            HttpMethod.Post, "/api/v1/namespaces", """{"kind":"Namespace","apiVersion":"v1","metadata":{"name":"new"}}""");
        using var reader = new StreamReader(await watch.Content.ReadAsStreamAsync());
        while (!(await reader.ReadLineAsync())!.Contains("\"new\"", StringComparison.Ordinal))
        {
        }

        Assert.Contains(
            "apiserver_flowcontrol_current_executing_requests{priority_level=\"global-default\",flow_schema=\"global-default\"} 0",
            await MetricsAsync(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_fairness_the_two_limits_hold()
    {
        var serving = new ServingOptions { EnablePriorityAndFairness = false, MaxMutatingRequestsInFlight = 1 };
        var limits = new ApiServer.FlowControl.MaxInFlight(serving);
        var info = new ApiServer.Endpoints.RequestInfo { Path = "/", Verb = "create" };
        Assert.True(limits.TryEnter(info, new UserInfo("a")));
        Assert.False(limits.TryEnter(info, new UserInfo("b")));
        Assert.True(limits.TryEnter(info, new UserInfo("c", "system:masters")));
        limits.Leave(info);
        limits.Leave(info);
        Assert.True(limits.TryEnter(info, new UserInfo("b")));
        await using var server = await TestServer.StartAsync(new KubeApiServerOptions { Serving = serving });
        using var answer = await server.Http.GetAsync("/api/v1/namespaces");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("X-Kubernetes-PF-FlowSchema-UID"));
    }

    private static async Task FillAsync(TestServer server, int count)
    {
        var text = new string('x', 100_000);
        for (var i = 0; i < count; i++)
        {
            await server.SendAsync(
                HttpMethod.Post, "/api/v1/namespaces/default/configmaps",
                $$$"""{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"c{{{i}}}"},"data":{"text":"{{{text}}}"}}""");
        }
    }

    private static string Schema(string name, string level) => $$$"""
        {"kind":"FlowSchema","apiVersion":"flowcontrol.apiserver.k8s.io/v1","metadata":{"name":"{{{name}}}"},
        "spec":{"matchingPrecedence":50,"priorityLevelConfiguration":{"name":"{{{level}}}"},
        "rules":[{"subjects":[{"kind":"User","user":{"name":"jane"}}],
        "resourceRules":[{"verbs":["*"],"apiGroups":["*"],"resources":["*"],"clusterScope":true,"namespaces":["*"]}]}]}}
        """;

    // The condition is written by a loop that runs beside the requests: a watch tells when.
    private static async Task<(string Reason, string Status)> FollowAsync(TestServer server, string name, string reason)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Base}/flowschemas?watch=true&fieldSelector=metadata.name={name}");
        using var watch = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await watch.Content.ReadAsStreamAsync());
        while (true)
        {
            var line = (ApiMachinery.Values.ObjectValue)ApiMachinery.Values.Value.Parse((await reader.ReadLineAsync())!);
            var condition = line.GetObject("object")!.GetObject("status")?.GetList("conditions")?[0].AsObject();
            if (condition?.GetString("reason") == reason)
                return (reason, condition.GetString("status")!);
        }
    }

    private static async Task<string?> UidAsync(TestServer server, string plural, string name) =>
        (await server.SendAsync(HttpMethod.Get, $"{Base}/{plural}/{name}")).Body.GetObject("metadata")!.GetString("uid");

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();

    private static Task<string> MetricsAsync(TestServer server) => server.Http.GetStringAsync("/metrics");
}
