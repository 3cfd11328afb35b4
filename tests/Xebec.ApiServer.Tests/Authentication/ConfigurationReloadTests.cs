using System.Net;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Tests.Authentication;

/// <summary>Authentication and authorization configurations are taken over while the server runs.</summary>
public sealed class ConfigurationReloadTests
{
    private const string Kind = "apiVersion: apiserver.config.k8s.io/v1\nkind: ";
    private static readonly UserInfo Jane = new("jane", "system:authenticated");

    [Fact]
    public async Task Authorizers_change_with_their_file_and_stay_when_it_is_wrong()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("authorization.yaml", Kind + "AuthorizationConfiguration\nauthorizers: [{type: RBAC, name: r}]");
        await using var server = await TestServer.StartAsync(new KubeApiServerOptions { Authorization = new() { ConfigFile = path } });
        using var jane = server.As(Jane);
        Assert.Equal(HttpStatusCode.Forbidden, await PodsAsync(jane));
        folder.Write("authorization.yaml", Kind + "AuthorizationConfiguration\nauthorizers: [{type: RBAC, name: r}, {type: AlwaysAllow, name: a}]");
        await UntilAsync(server, async () => await PodsAsync(jane) == HttpStatusCode.OK);
        var (_, rules) = await TestServer.SendAsync(
            jane, HttpMethod.Post, "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", """{"spec":{"namespace":"default"}}""");
        Assert.Contains("""{"verbs":["*"],"apiGroups":["*"],"resources":["*"]}""", rules.ToString(), StringComparison.Ordinal);
        folder.Write("authorization.yaml", Kind + "AuthorizationConfiguration\nauthorizers: []");
        await UntilAsync(server, async () => (await MetricsAsync(server)).Contains("apiserver_authorization_config_controller_automatic_reloads_total{status=\"failure\"} 1", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, await PodsAsync(jane));
    }

    [Fact]
    public async Task Who_may_be_anonymous_changes_with_the_file()
    {
        await using var server = await ListeningServer.StartAsync((folder, options) => options with
        {
            Authentication = new() { ConfigFile = folder.Write("authentication.yaml", Kind + "AuthenticationConfiguration\nanonymous: {enabled: false}") },
        });
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync(HttpMethod.Get, "/version")).Code);
        server.Folder.Write("authentication.yaml", Kind + "AuthenticationConfiguration\nanonymous: {enabled: true, conditions: [{path: /version}]}");
        await UntilAsync(server.Server, async () => (await server.SendAsync(HttpMethod.Get, "/version")).Code == HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync(HttpMethod.Get, "/api")).Code);
    }

    private static async Task<HttpStatusCode> PodsAsync(HttpClient client) =>
        (await TestServer.SendAsync(client, HttpMethod.Get, "/api/v1/namespaces/default/pods")).Code;

    private static Task<string> MetricsAsync(TestServer server) => server.Http.GetStringAsync("/metrics");

    // The file is looked at every minute of the server's time.
    private static async Task UntilAsync(TestServer server, Func<Task<bool>> isDone)
    {
        while (!await isDone())
            server.Time.Advance(TimeSpan.FromMinutes(1));
    }
}
