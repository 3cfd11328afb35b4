using System.Net;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Tests.Authentication;

/// <summary>Impersonation for some requests only (KEP-5284).</summary>
public sealed class ConstrainedImpersonationTests
{
    private const string Rbac = "/apis/rbac.authorization.k8s.io/v1";
    private const string Self = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
    private static readonly UserInfo Robot = new(
        "system:serviceaccount:default:agent", "", ["system:authenticated"],
        new Dictionary<string, IReadOnlyList<string>> { ["authentication.kubernetes.io/node-name"] = ["n1"] });

    [Fact]
    public async Task The_right_to_be_a_user_counts_for_the_requests_it_is_for()
    {
        await using var server = await StartAsync("""
            {"verbs":["impersonate:user-info"],"apiGroups":["authentication.k8s.io"],"resources":["users","groups"],"resourceNames":["jane","dev","system:masters"]},
            {"verbs":["impersonate-on:user-info:create"],"apiGroups":["authentication.k8s.io"],"resources":["selfsubjectreviews"]}
            """);
        using var robot = server.As(Robot);
        var (code, who) = await SendAsync(robot, HttpMethod.Post, Self, "jane", "dev");
        Assert.True(code == HttpStatusCode.Created, who.ToString());
        Assert.Equal("""{"username":"jane","groups":["dev","system:authenticated"]}""", who.GetObject("status")!["userInfo"]!.ToString());
        var (refused, why) = await SendAsync(robot, HttpMethod.Get, "/api/v1/namespaces", "jane");
        Assert.Equal(
            (HttpStatusCode.Forbidden,
                "namespaces is forbidden: User \"system:serviceaccount:default:agent\" cannot impersonate-on:user-info:list resource \"namespaces\" in API group \"\" at the cluster scope"),
            (refused, why.GetString("message")));
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(robot, HttpMethod.Post, Self, "joe")).Code);
        var (_, masters) = await SendAsync(robot, HttpMethod.Post, Self, "jane", "system:masters");
        Assert.EndsWith("impersonating the system:masters group is not allowed", masters.GetString("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("associated-node", "nodes", "", "system:node:n1", """["system:nodes","system:authenticated"]""")]
    [InlineData("associated-node", "nodes", "", "system:node:n2", "")]
    [InlineData("arbitrary-node", "nodes", "n2", "system:node:n2", """["system:nodes","system:authenticated"]""")]
    [InlineData("arbitrary-node", "nodes", "n2", "system:node:n3", "")]
    [InlineData("serviceaccount", "serviceaccounts", "other", "system:serviceaccount:default:other",
        """["system:serviceaccounts","system:serviceaccounts:default","system:authenticated"]""")]
    [InlineData("user-info", "users", "", "system:serviceaccount:default:other", "")]
    [InlineData("user-info", "users", "", "system:node:n1", "")]
    public async Task Nodes_and_service_accounts_have_modes_of_their_own(string mode, string resource, string name, string user, string groups)
    {
        var names = name.Length == 0 ? "" : $",\"resourceNames\":[\"{name}\"]";
        await using var server = await StartAsync(
            $$"""{"verbs":["impersonate:{{mode}}"],"apiGroups":["authentication.k8s.io"],"resources":["{{resource}}"]{{names}}},""" +
            $$"""{"verbs":["impersonate-on:{{mode}}:create"],"apiGroups":["authentication.k8s.io"],"resources":["selfsubjectreviews"]}""");
        using var robot = server.As(Robot);
        var (code, who) = await SendAsync(robot, HttpMethod.Post, Self, user);
        Assert.True(code == (groups.Length == 0 ? HttpStatusCode.Forbidden : HttpStatusCode.Created), who.ToString());
        if (groups.Length > 0)
            Assert.Equal(groups, who.GetObject("status")!.GetObject("userInfo")!["groups"]!.ToString());
    }

    [Fact]
    public async Task The_general_right_is_still_enough()
    {
        await using var server = await StartAsync("""{"verbs":["impersonate"],"apiGroups":[""],"resources":["users","groups"]}""");
        using var robot = server.As(Robot);
        var (_, who) = await SendAsync(robot, HttpMethod.Post, Self, "jane", "system:masters", "dev");
        Assert.Equal("""{"username":"jane","groups":["system:masters","dev","system:authenticated"]}""", who.GetObject("status")!["userInfo"]!.ToString());
    }

    private static async Task<TestServer> StartAsync(string rules)
    {
        var server = await TestServer.StartAsync();
        var (code, made) = await server.SendAsync(HttpMethod.Post, Rbac + "/clusterroles", "{\"metadata\":{\"name\":\"r\"},\"rules\":[" + rules + "]}");
        Assert.True(code == HttpStatusCode.Created, made.ToString());
        await server.SendAsync(HttpMethod.Post, Rbac + "/clusterrolebindings", """
            {"metadata":{"name":"b"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"r"},
            "subjects":[{"kind":"ServiceAccount","name":"agent","namespace":"default"}]}
            """);
        await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces");
        return server;
    }

    private static async Task<(HttpStatusCode Code, ObjectValue Body)> SendAsync(HttpClient client, HttpMethod method, string path, string user, params string[] groups)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { { "Impersonate-User", user } } };
        if (groups.Length > 0)
            request.Headers.Add("Impersonate-Group", groups);
        if (method == HttpMethod.Post)
            request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request);
        return (response.StatusCode, (ObjectValue)Value.Parse(await response.Content.ReadAsByteArrayAsync()));
    }
}
