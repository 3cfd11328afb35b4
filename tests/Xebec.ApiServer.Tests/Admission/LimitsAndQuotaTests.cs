using System.Net;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.Admission;

public sealed class LimitsAndQuotaTests
{
    private const string Core = "/api/v1/namespaces/default";

    [Fact]
    public async Task A_limit_range_fills_in_and_refuses()
    {
        await using var server = await TestServer.StartAsync();
        await PostAsync(server, "limitranges", """
            {"metadata":{"name":"l"},"spec":{"limits":[{"type":"Container","default":{"cpu":"500m"},"defaultRequest":{"cpu":"100m"},"max":{"cpu":"1"}}]}}
            """);
        var (_, pod) = await PodAsync(server, "a", "");
        Assert.Equal(
            """{"limits":{"cpu":"500m"},"requests":{"cpu":"100m"}}""", pod.GetObject("spec")!.GetList("containers")![0].AsObject()!["resources"]!.ToString());
        Assert.Equal(
            "LimitRanger plugin set: cpu request for container c; cpu limit for container c",
            pod.GetObject("metadata")!.GetObject("annotations")!.GetString("kubernetes.io/limit-ranger"));
        var (code, refused) = await PodAsync(server, "b", ""","resources":{"limits":{"cpu":"2"}}""");
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.Contains("maximum cpu usage per Container is 1, but limit is 2", refused.GetString("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quota_is_never_exceeded_however_many_ask_at_once()
    {
        await using var server = await TestServer.StartAsync();
        await PostAsync(server, "resourcequotas", """{"metadata":{"name":"q"},"spec":{"hard":{"pods":"3"}}}""");
        await server.SendAsync(HttpMethod.Get, Core + "/resourcequotas/q");
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => PodAsync(server, $"p{i}", "")));
        Assert.Equal(3, answers.Count(a => a.Code == HttpStatusCode.Created));
        Assert.Contains(
            "is forbidden: exceeded quota: q, requested: pods=1, used: pods=3, limited: pods=3",
            answers.First(a => a.Code == HttpStatusCode.Forbidden).Body.GetString("message"), StringComparison.Ordinal);
        var (_, list) = await server.SendAsync(HttpMethod.Get, Core + "/pods");
        var first = list.GetList("items")![0].AsObject()!.GetObject("metadata")!.GetString("name");
        await server.SendAsync(HttpMethod.Delete, $"{Core}/pods/{first}?gracePeriodSeconds=0");
        Assert.Equal(HttpStatusCode.Created, (await PodAsync(server, "again", "")).Code);
    }

    [Fact]
    public async Task What_updates_add_never_exceeds_a_quota_either()
    {
        await using var server = await TestServer.StartAsync();
        await PostAsync(server, "resourcequotas", """{"metadata":{"name":"q"},"spec":{"hard":{"services.nodeports":"3"}}}""");
        for (var i = 0; i < 8; i++)
            await PostAsync(server, "services", $$$"""{"metadata":{"name":"s{{{i}}}"},"spec":{"ports":[{"port":80}]}}""");
        await server.SendAsync(HttpMethod.Get, Core + "/resourcequotas/q");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => server.SendAsync(
            HttpMethod.Patch, $"{Core}/services/s{i}", """{"spec":{"type":"NodePort"}}""", "application/merge-patch+json")));
        Assert.Equal(3, answers.Count(a => a.Code == HttpStatusCode.OK));
        var open = Array.FindIndex(answers, a => a.Code == HttpStatusCode.OK);
        await server.SendAsync(HttpMethod.Patch, $"{Core}/services/s{open}", """{"spec":{"type":"ClusterIP"}}""", "application/merge-patch+json");
        var shut = Array.FindIndex(answers, a => a.Code != HttpStatusCode.OK);
        var (code, again) = await server.SendAsync(HttpMethod.Patch, $"{Core}/services/s{shut}", """{"spec":{"type":"NodePort"}}""", "application/merge-patch+json");
        Assert.True(code == HttpStatusCode.OK, again.ToString());
    }

    [Fact]
    public async Task A_resize_is_held_to_quotas_and_limits()
    {
        await using var server = await TestServer.StartAsync();
        await PostAsync(server, "resourcequotas", """{"metadata":{"name":"q"},"spec":{"hard":{"requests.cpu":"1"}}}""");
        await PostAsync(server, "limitranges", """{"metadata":{"name":"l"},"spec":{"limits":[{"type":"Container","max":{"memory":"1Gi"}}]}}""");
        await server.SendAsync(HttpMethod.Get, Core + "/resourcequotas/q");
        var (made, pod) = await PodAsync(server, "a", ""","resources":{"requests":{"cpu":"500m","memory":"100Mi"},"limits":{"memory":"200Mi"}}""");
        Assert.True(made == HttpStatusCode.Created, pod.ToString());
        const string Resize = """{"spec":{"containers":[{"name":"c","resources":{"requests":{"cpu":"CPU","memory":"100Mi"},"limits":{"memory":"MEMORY"}}}]}}""";
        foreach (var (cpu, memory, problem) in new[]
        {
            ("2", "200Mi", "exceeded quota: q, requested: requests.cpu=1500m, used: requests.cpu=500m, limited: requests.cpu=1"),
            ("500m", "2Gi", "maximum memory usage per Container is 1Gi, but limit is 2Gi"), ("1", "200Mi", ""),
        })
        {
            var body = Resize.Replace("CPU", cpu, StringComparison.Ordinal).Replace("MEMORY", memory, StringComparison.Ordinal);
            var (code, answer) = await server.SendAsync(HttpMethod.Patch, Core + "/pods/a/resize", body, "application/strategic-merge-patch+json");
            Assert.True(code == (problem.Length == 0 ? HttpStatusCode.OK : HttpStatusCode.Forbidden), answer.ToString());
            if (problem.Length > 0)
                Assert.EndsWith(problem, answer.GetString("message"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_failed_create_gives_its_share_back()
    {
        await using var server = await TestServer.StartAsync();
        await PostAsync(server, "resourcequotas", """{"metadata":{"name":"q"},"spec":{"hard":{"count/configmaps":"2"}}}""");
        await server.SendAsync(HttpMethod.Get, Core + "/resourcequotas/q");
        await PostAsync(server, "configmaps", """{"metadata":{"name":"a"}}""");
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.Conflict, (await server.SendAsync(HttpMethod.Post, Core + "/configmaps", """{"metadata":{"name":"a"}}""")).Code);
        await PostAsync(server, "configmaps", """{"metadata":{"name":"b"}}""");
    }

    [Fact]
    public async Task A_compute_quota_wants_every_container_to_say_what_it_needs()
    {
        await using var server = await TestServer.StartAsync();
        await PostAsync(server, "resourcequotas", """{"metadata":{"name":"q"},"spec":{"hard":{"requests.cpu":"1","limits.memory":"1Gi"}}}""");
        await server.SendAsync(HttpMethod.Get, Core + "/resourcequotas/q");
        var (_, refused) = await PodAsync(server, "a", "");
        Assert.Equal(
            "pods \"a\" is forbidden: failed quota: q: must specify limits.memory for: c; requests.cpu for: c", refused.GetString("message"));
        var (_, exceeded) = await PodAsync(server, "a", ""","resources":{"requests":{"cpu":"1500m"},"limits":{"memory":"100Mi"}}""");
        Assert.Equal(
            "pods \"a\" is forbidden: exceeded quota: q, requested: requests.cpu=1500m, used: requests.cpu=0, limited: requests.cpu=1",
            exceeded.GetString("message"));
    }

    [Fact]
    [Conformance("[sig-api-machinery] ResourceQuota should create a ResourceQuota and ensure its status is promptly calculated.")]
    public async Task A_quotas_status_shows_what_is_used()
    {
        await using var server = await TestServer.StartAsync();
        var (_, list) = await server.SendAsync(HttpMethod.Get, Core + "/resourcequotas");
        var revision = list.GetObject("metadata")!.GetString("resourceVersion");
        using var watch = await server.Http.GetAsync(
            $"{Core}/resourcequotas?watch=true&resourceVersion={revision}", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await watch.Content.ReadAsStreamAsync());
        await PostAsync(server, "resourcequotas", """{"metadata":{"name":"q"},"spec":{"hard":{"services":"5"}}}""");
        await lines.ReadLineAsync();
        var changed = (ObjectValue)Value.Parse((await lines.ReadLineAsync())!);
        Assert.Equal("""{"hard":{"services":"5"},"used":{"services":"0"}}""", changed.GetObject("object")!["status"]!.ToString());
    }

    private static async Task PostAsync(TestServer server, string plural, string body)
    {
        var (code, answer) = await server.SendAsync(HttpMethod.Post, $"{Core}/{plural}", body);
        Assert.True(code == HttpStatusCode.Created, answer.ToString());
    }

    private static Task<(HttpStatusCode Code, ObjectValue Body)> PodAsync(TestServer server, string name, string more) => server.SendAsync(
        HttpMethod.Post, Core + "/pods",
        """{"metadata":{"name":"NAME"},"spec":{"containers":[{"name":"c","image":"i"MORE}]}}"""
            .Replace("NAME", name, StringComparison.Ordinal).Replace("MORE", more, StringComparison.Ordinal));
}
