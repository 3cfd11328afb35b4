using System.Net;
using System.Text;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Tests.Audit;

public sealed class AuditTests
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private const string Secrets = "/api/v1/namespaces/default/secrets";

    [Fact]
    public async Task A_request_is_recorded_with_who_asked_what_and_what_came_of_it()
    {
        await using var audited = await AuditedServer.StartAsync("rules: [{level: Metadata}]");
        using var message = new HttpRequestMessage(HttpMethod.Post, ConfigMaps)
        {
            Content = new StringContent("""{"metadata":{"name":"c"},"data":{"k":"hidden"}}""", Encoding.UTF8, "application/json"),
            Headers = { { "Audit-ID", "my-id" }, { "User-Agent", "tester/1" }, { "X-Forwarded-For", "192.0.2.7" } },
        };
        using var response = await audited.Server.Http.SendAsync(message);
        Assert.Equal("my-id", response.Headers.GetValues("Audit-ID").Single());
        using var jane = audited.Server.As(new UserInfo("jane", "dev", "system:authenticated"));
        await TestServer.SendAsync(jane, HttpMethod.Get, ConfigMaps + "/c?x=1");

        var events = await audited.EventsAsync();
        Assert.Equal(2, events.Count);
        Assert.Equal(
            """{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"my-id","stage":"ResponseComplete","requestURI":"/api/v1/namespaces/default/configmaps","verb":"create","user":{"username":"admin","groups":["system:masters","system:authenticated"]},"sourceIPs":["192.0.2.7","127.0.0.1"],"userAgent":"tester/1","objectRef":{"resource":"configmaps","namespace":"default","name":"c","apiVersion":"v1"},"responseStatus":{"metadata":{},"code":201},"requestReceivedTimestamp":"2026-11-23T12:00:00.000000Z","stageTimestamp":"2026-11-23T12:00:00.000000Z","annotations":{"authorization.k8s.io/decision":"allow","authorization.k8s.io/reason":""}}""",
            events[0].ToString());
        Assert.Equal("/api/v1/namespaces/default/configmaps/c?x=1", events[1].GetString("requestURI"));
        Assert.Equal("forbid", events[1].GetObject("annotations")!.GetString("authorization.k8s.io/decision"));
        Assert.Equal("Forbidden", events[1].GetObject("responseStatus")!.GetString("reason"));
        Assert.Equal(403, events[1].GetObject("responseStatus")!["code"]!.AsInt64());
    }

    [Theory]
    [InlineData("{", "application/merge-patch+json")]
    [InlineData("a: [", "application/apply-patch+yaml")]
    public async Task A_patch_that_is_malformed_is_recorded_without_its_body(string patch, string mediaType)
    {
        await using var audited = await AuditedServer.StartAsync("rules: [{level: RequestResponse}]");
        await audited.Server.SendAsync(HttpMethod.Patch, ConfigMaps + "/c?fieldManager=m", patch, mediaType);
        var recorded = Assert.Single(await audited.EventsAsync());
        Assert.Equal(400, recorded.GetObject("responseStatus")!["code"]!.AsInt64());
        Assert.Null(recorded["requestObject"]);
    }

    [Fact]
    public async Task An_audit_id_that_no_header_can_answer_is_replaced()
    {
        await using var audited = await AuditedServer.StartAsync("rules: [{level: Metadata}]");
        using var message = new HttpRequestMessage(HttpMethod.Get, ConfigMaps);
        message.Headers.TryAddWithoutValidation("Audit-ID", "\u00e9");
        using var response = await audited.Server.Http.SendAsync(message);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Matches("^[0-9a-f-]{36}$", Assert.Single(await audited.EventsAsync()).GetString("auditID")!);
    }

    [Fact]
    public async Task The_first_rule_that_is_about_a_request_decides_how_much_is_recorded()
    {
        await using var audited = await AuditedServer.StartAsync("""
            omitStages: [RequestReceived]
            rules:
            - {level: None, users: [admin], verbs: [list]}
            - {level: RequestResponse, omitManagedFields: true, resources: [{resources: [configmaps], resourceNames: [all]}]}
            - {level: Request, namespaces: [default], resources: [{group: "", resources: ["*"]}]}
            - {level: Metadata, nonResourceURLs: ["/version*"]}
            """);
        var server = audited.Server;
        await server.SendAsync(HttpMethod.Post, ConfigMaps, """{"metadata":{"name":"all"},"data":{"k":"v"}}""");
        await server.SendAsync(HttpMethod.Patch, ConfigMaps + "/all", """{"data":{"k":"w"}}""", "application/merge-patch+json");
        await server.SendAsync(HttpMethod.Get, ConfigMaps);
        await server.SendAsync(HttpMethod.Get, "/version");
        await server.SendAsync(HttpMethod.Get, "/apis");
        var lines = (await audited.StopAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => (ObjectValue)Value.Parse(l)).ToList();
        Assert.Equal(["Request", "RequestResponse", "Metadata"], lines.Select(l => l.GetString("level")));
        Assert.Equal("v", lines[0].GetObject("requestObject")!.GetObject("data")!.GetString("k"));
        Assert.Null(lines[0]["responseObject"]);
        Assert.Equal("""{"data":{"k":"w"}}""", lines[1]["requestObject"]!.ToString());
        Assert.Equal("w", lines[1].GetObject("responseObject")!.GetObject("data")!.GetString("k"));
        Assert.Null(lines[1].GetObject("responseObject")!.GetObject("metadata")!["managedFields"]);
        Assert.Equal("get", lines[2].GetString("verb"));
        Assert.Null(lines[2]["objectRef"]);
    }

    [Fact]
    public async Task A_watch_is_recorded_when_it_starts_and_when_it_ends()
    {
        await using var audited = await AuditedServer.StartAsync("rules: [{level: Metadata}]");
        using (var watch = await audited.Server.Http.GetAsync(ConfigMaps + "?watch=true&timeoutSeconds=5", HttpCompletionOption.ResponseHeadersRead))
        {
            audited.Server.Time.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal("", await watch.Content.ReadAsStringAsync());
        }

        var stages = (await audited.StopAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => ((ObjectValue)Value.Parse(l)).GetString("stage"));
        Assert.Equal(["RequestReceived", "ResponseStarted", "ResponseComplete"], stages);
    }

    [Fact]
    public async Task Both_users_of_an_impersonated_request_are_recorded()
    {
        await using var audited = await AuditedServer.StartAsync("rules: [{level: Metadata, users: [admin]}]");
        using var message = new HttpRequestMessage(HttpMethod.Get, ConfigMaps) { Headers = { { "Impersonate-User", "jane" } } };
        using var response = await audited.Server.Http.SendAsync(message);
        var recorded = Assert.Single(await audited.EventsAsync());
        Assert.Equal("admin", recorded.GetObject("user")!.GetString("username"));
        Assert.Equal("jane", recorded.GetObject("impersonatedUser")!.GetString("username"));
    }

    [Fact]
    public async Task Tokens_never_reach_the_log_and_contents_only_when_the_policy_asks()
    {
        await using var audited = await AuditedServer.StartAsync("""
            rules:
            - {level: Metadata, resources: [{resources: [secrets, configmaps]}]}
            - {level: RequestResponse}
            """);
        var server = audited.Server;
        await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/serviceaccounts", """{"metadata":{"name":"a"}}""");
        await server.SendAsync(HttpMethod.Post, Secrets, """{"metadata":{"name":"s"},"stringData":{"password":"PASSWORD-1"},"data":{"d":"UEFTU1dPUkQtMg=="}}""");
        await server.SendAsync(HttpMethod.Get, Secrets);
        await server.SendAsync(HttpMethod.Patch, Secrets + "/s", """{"stringData":{"password":"PASSWORD-3"}}""", "application/merge-patch+json");
        await server.SendAsync(HttpMethod.Post, ConfigMaps, """{"metadata":{"name":"c"},"data":{"k":"CONTENT-4"}}""");
        var (_, answer) = await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/serviceaccounts/a/token", "{}");
        var token = answer.GetObject("status")!.GetString("token")!;
        await server.SendAsync(HttpMethod.Post, "/apis/authentication.k8s.io/v1/tokenreviews", $$$"""{"spec":{"token":"{{{token}}}"}}""");
        using var message = new HttpRequestMessage(HttpMethod.Get, "/version") { Headers = { { "Authorization", $"Bearer {token}" } } };
        using var response = await server.Http.SendAsync(message);

        var text = await audited.StopAsync();
        Assert.Contains("\"resource\":\"tokenreviews\"", text, StringComparison.Ordinal);
        Assert.Contains("expirationTimestamp", text, StringComparison.Ordinal);
        foreach (var secret in new[] { token, token.Split('.')[2], "PASSWORD-1", "UEFTU1dPUkQt", "PASSWORD-3", "CONTENT-4", "Bearer" })
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rules: []", "loaded illegal policy with 0 rules")]
    [InlineData("rules: [{level: Some}]", "rules[0].level: \"Some\" is not one of None, Metadata, Request, RequestResponse")]
    [InlineData("rules: [{level: None, colour: red}]", "unknown field \"rules[0].colour\"")]
    [InlineData("rules: [{level: None, resources: [{resources: [pods]}], nonResourceURLs: [/x]}]", "rules cannot apply to both")]
    public async Task A_wrong_policy_is_refused_at_the_start(string rules, string problem)
    {
        var refused = await Assert.ThrowsAsync<ApiServer.Configuration.ConfigurationException>(() => AuditedServer.StartAsync(rules));
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }
}
