using System.Net;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Tests.Authorization;

public sealed class RbacTests
{
    private const string Rbac = "/apis/rbac.authorization.k8s.io/v1";
    private static readonly UserInfo Jane = new("jane", "dev", "system:authenticated");

    [Fact]
    public async Task A_role_allows_what_it_says_where_it_is_bound()
    {
        await using var server = await TestServer.StartAsync();
        using var jane = server.As(Jane);
        var (refused, status) = await TestServer.SendAsync(jane, HttpMethod.Get, "/api/v1/namespaces/default/pods");
        Assert.Equal(HttpStatusCode.Forbidden, refused);
        Assert.Equal(
            "pods is forbidden: User \"jane\" cannot list resource \"pods\" in API group \"\" in the namespace \"default\"", status.GetString("message"));
        await PostAsync(server, "/namespaces/default/roles", """{"metadata":{"name":"r"},"rules":[{"verbs":["get","list"],"apiGroups":[""],"resources":["pods"]}]}""");
        await PostAsync(server, "/namespaces/default/rolebindings", Binding("b", "Role", "r"));
        Assert.Equal(HttpStatusCode.OK, await CodeAsync(jane, HttpMethod.Get, "/api/v1/namespaces/default/pods"));
        Assert.Equal(HttpStatusCode.Forbidden, await CodeAsync(jane, HttpMethod.Get, "/api/v1/namespaces/kube-system/pods"));
        Assert.Equal(HttpStatusCode.Forbidden, await CodeAsync(jane, HttpMethod.Delete, "/api/v1/namespaces/default/pods/x"));
        await server.SendAsync(HttpMethod.Delete, Rbac + "/namespaces/default/rolebindings/b");
        await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces");
        Assert.Equal(HttpStatusCode.Forbidden, await CodeAsync(jane, HttpMethod.Get, "/api/v1/namespaces/default/pods"));
    }

    [Fact]
    public async Task A_right_counts_from_the_answer_that_it_was_written_on()
    {
        HeldFeedStore store = null!;
        await using var server = await TestServer.StartAsync(wrap: inner => store = new HeldFeedStore(inner));
        using var jane = server.As(Jane);
        store.Hold();
        try
        {
            await server.SendAsync(HttpMethod.Post, Rbac + "/namespaces/default/rolebindings", Binding("b", "ClusterRole", "view"));
            var asked = store.NextQuestion;
            var listing = CodeAsync(jane, HttpMethod.Get, "/api/v1/namespaces/default/pods");
            Assert.NotSame(listing, await Task.WhenAny(listing, asked));
            store.Release();
            Assert.Equal(HttpStatusCode.OK, await listing);
            Assert.Equal(HttpStatusCode.Forbidden, await CodeAsync(jane, HttpMethod.Get, "/api/v1/namespaces/kube-system/pods"));
        }
        finally
        {
            store.Release();
        }
    }

    [Fact]
    public async Task A_role_can_be_bound_as_soon_as_it_is_written()
    {
        HeldFeedStore store = null!;
        await using var server = await TestServer.StartAsync(wrap: inner => store = new HeldFeedStore(inner));
        await PostAsync(server, "/namespaces/default/rolebindings", Binding("a", "ClusterRole", "admin"));
        using var jane = server.As(Jane);
        store.Hold();
        try
        {
            await TestServer.SendAsync(
                server.Http, HttpMethod.Post, Rbac + "/namespaces/default/roles",
                """{"metadata":{"name":"r"},"rules":[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}]}""");
            var asked = store.NextQuestion;
            var binding = TestServer.SendAsync(jane, HttpMethod.Post, Rbac + "/namespaces/default/rolebindings", Binding("b", "Role", "r"));
            Assert.NotSame(binding, await Task.WhenAny(binding, asked));
            store.Release();
            Assert.Equal(HttpStatusCode.Created, (await binding).Code);
        }
        finally
        {
            store.Release();
        }
    }

    [Fact]
    public async Task A_service_account_without_a_namespace_is_one_of_the_bindings()
    {
        await using var server = await TestServer.StartAsync();
        await PostAsync(server, "/namespaces/default/roles", """{"metadata":{"name":"r"},"rules":[{"verbs":["list"],"apiGroups":[""],"resources":["pods"]}]}""");
        await PostAsync(server, "/namespaces/default/rolebindings", """
            {"metadata":{"name":"b"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"r"},"subjects":[{"kind":"ServiceAccount","name":"robot"}]}
            """);
        await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces");
        using var robot = server.As(new UserInfo("system:serviceaccount:default:robot", "system:authenticated"));
        Assert.Equal(HttpStatusCode.OK, await CodeAsync(robot, HttpMethod.Get, "/api/v1/namespaces/default/pods"));
    }

    [Fact]
    public async Task The_built_in_roles_are_there_with_their_rules()
    {
        await using var server = await TestServer.StartAsync();
        var (_, roles) = await server.SendAsync(HttpMethod.Get, Rbac + "/clusterroles");
        var (_, bindings) = await server.SendAsync(HttpMethod.Get, Rbac + "/clusterrolebindings");
        Assert.True(roles.GetList("items")!.Count > 65, $"{roles.GetList("items")!.Count} roles");
        Assert.True(bindings.GetList("items")!.Count > 45, $"{bindings.GetList("items")!.Count} bindings");
        var (_, view) = await server.SendAsync(HttpMethod.Get, Rbac + "/clusterroles/view");
        Assert.Equal(11, view.GetList("rules")!.Count);
        var (_, admin) = await server.SendAsync(HttpMethod.Get, Rbac + "/clusterroles/admin");
        var (_, edit) = await server.SendAsync(HttpMethod.Get, Rbac + "/clusterroles/edit");
        Assert.True(admin.GetList("rules")!.Count > edit.GetList("rules")!.Count);
        Assert.Equal("rbac-defaults", admin.GetObject("metadata")!.GetObject("labels")!.GetString("kubernetes.io/bootstrapping"));
    }

    [Fact]
    public async Task Aggregated_roles_follow_the_labels()
    {
        await using var server = await TestServer.StartAsync();
        using var jane = server.As(Jane);
        using var watch = await server.Http.GetAsync(
            $"{Rbac}/clusterroles?watch=true&fieldSelector=metadata.name%3Dview&resourceVersion={await RevisionAsync(server)}", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await watch.Content.ReadAsStreamAsync());
        await PostAsync(server, "/clusterrolebindings", Binding("v", "ClusterRole", "view"));
        await PostAsync(server, "/clusterroles", """
            {"metadata":{"name":"crontabs","labels":{"rbac.authorization.k8s.io/aggregate-to-view":"true"}},
            "rules":[{"verbs":["get"],"apiGroups":["stable.example.com"],"resources":["crontabs"]}]}
            """);
        Assert.Contains("stable.example.com", await lines.ReadLineAsync(), StringComparison.Ordinal);
        Assert.True(await CanAsync(jane, "get", "stable.example.com", "crontabs"));
        Assert.False(await CanAsync(jane, "delete", "stable.example.com", "crontabs"));
    }

    [Fact]
    public async Task Nobody_grants_what_they_do_not_have()
    {
        await using var server = await TestServer.StartAsync();
        using var jane = server.As(Jane);
        await PostAsync(server, "/namespaces/default/rolebindings", Binding("a", "ClusterRole", "admin"));
        const string Roles = Rbac + "/namespaces/default/roles";
        var (allowed, _) = await TestServer.SendAsync(
            jane, HttpMethod.Post, Roles, """{"metadata":{"name":"ok"},"rules":[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}]}""");
        Assert.Equal(HttpStatusCode.Created, allowed);
        var (refused, status) = await TestServer.SendAsync(
            jane, HttpMethod.Post, Roles,
            """{"metadata":{"name":"no"},"rules":[{"verbs":["get","delete"],"apiGroups":[""],"resources":["nodes","pods"]}]}""");
        Assert.Equal(HttpStatusCode.Forbidden, refused);
        Assert.Equal(
            "roles.rbac.authorization.k8s.io \"no\" is forbidden: user \"jane\" (groups=[\"dev\" \"system:authenticated\"]) is attempting to grant " +
            "RBAC permissions not currently held:\n{APIGroups:[\"\"], Resources:[\"nodes\"], Verbs:[\"get\" \"delete\"]}",
            status.GetString("message"));
        var (bound, _) = await TestServer.SendAsync(
            jane, HttpMethod.Post, Rbac + "/namespaces/default/rolebindings", Binding("x", "ClusterRole", "cluster-admin"));
        Assert.Equal(HttpStatusCode.Forbidden, bound);
        await PostAsync(server, "/clusterroles", """{"metadata":{"name":"binder"},"rules":[{"verbs":["bind"],"apiGroups":["rbac.authorization.k8s.io"],"resources":["clusterroles"]}]}""");
        await PostAsync(server, "/clusterrolebindings", Binding("binder", "ClusterRole", "binder"));
        await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces");
        (bound, _) = await TestServer.SendAsync(
            jane, HttpMethod.Post, Rbac + "/namespaces/default/rolebindings", Binding("x", "ClusterRole", "cluster-admin"));
        Assert.Equal(HttpStatusCode.Created, bound);
    }

    [Fact]
    public async Task Anonymous_sees_health_and_version_only()
    {
        await using var server = await TestServer.StartAsync();
        using var anonymous = server.As(UserInfo.Anonymous);
        foreach (var path in new[] { "/healthz", "/livez", "/readyz", "/version" })
            Assert.Equal(HttpStatusCode.OK, (await anonymous.GetAsync(path)).StatusCode);
        var (code, status) = await TestServer.SendAsync(anonymous, HttpMethod.Get, "/api");
        Assert.Equal((HttpStatusCode.Forbidden, "forbidden: User \"system:anonymous\" cannot get path \"/api\""), (code, status.GetString("message")));
    }

    [Fact]
    [Conformance("[sig-auth] SubjectReview should support SubjectReview API operations")]
    public async Task Reviews_say_who_may_do_what_and_why()
    {
        await using var server = await TestServer.StartAsync();
        var (_, review) = await server.SendAsync(
            HttpMethod.Post, "/apis/authorization.k8s.io/v1/subjectaccessreviews",
            """{"spec":{"user":"system:kube-scheduler","resourceAttributes":{"verb":"create","resource":"pods","subresource":"binding","namespace":"default"}}}""");
        Assert.Equal(
            """{"allowed":true,"reason":"RBAC: allowed by ClusterRoleBinding \"system:kube-scheduler\" of ClusterRole \"system:kube-scheduler\" to User \"system:kube-scheduler\""}""",
            review["status"]!.ToString());
        using var jane = server.As(Jane);
        var (_, rules) = await TestServer.SendAsync(
            jane, HttpMethod.Post, "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", """{"spec":{"namespace":"default"}}""");
        Assert.Contains("selfsubjectaccessreviews", rules.GetObject("status")!["resourceRules"]!.ToString(), StringComparison.Ordinal);
        Assert.False(rules.GetObject("status")!["incomplete"]!.AsBool());
        var (invalid, _) = await server.SendAsync(HttpMethod.Post, "/apis/authorization.k8s.io/v1/subjectaccessreviews", """{"spec":{}}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, invalid);
    }

    [Fact]
    public async Task Impersonation_needs_the_right_to()
    {
        await using var server = await TestServer.StartAsync();
        using var jane = server.As(Jane);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/namespaces") { Headers = { { "Impersonate-User", "boss" } } };
        using var response = await jane.SendAsync(request);
        var status = (ObjectValue)Value.Parse(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(
            "namespaces is forbidden: User \"jane\" cannot impersonate-on:user-info:list resource \"namespaces\" in API group \"\" at the cluster scope",
            status.GetString("message"));
    }

    [Theory]
    [InlineData("Impersonate-Extra-Scopes")]
    [InlineData("impersonate-extra-acme.example%2Fteam")]
    [InlineData("Impersonate-Group")]
    [InlineData("Impersonate-Uid")]
    public async Task Parts_of_an_identity_are_refused_without_its_user(string header)
    {
        await using var server = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/namespaces") { Headers = { { header, "x" } } };
        using var response = await server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private static async Task<bool> CanAsync(HttpClient client, string verb, string group, string resource)
    {
        var (_, review) = await TestServer.SendAsync(
            client, HttpMethod.Post, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            $$$"""{"spec":{"resourceAttributes":{"verb":"{{{verb}}}","group":"{{{group}}}","resource":"{{{resource}}}"} } }""");
        return review.GetObject("status")!["allowed"]!.AsBool() == true;
    }

    private static string Binding(string name, string kind, string role) => $$$"""
        {"metadata":{"name":"{{{name}}}"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"{{{kind}}}","name":"{{{role}}}"},
        "subjects":[{"kind":"User","apiGroup":"rbac.authorization.k8s.io","name":"jane"}]}
        """;

    private static async Task PostAsync(TestServer server, string path, string body)
    {
        var (code, answer) = await server.SendAsync(HttpMethod.Post, Rbac + path, body);
        Assert.True(code == HttpStatusCode.Created, answer.ToString());
        // A consistent read shows that the caches, which authorization reads, have the new object.
        await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces");
    }

    private static async Task<string?> RevisionAsync(TestServer server) =>
        (await server.SendAsync(HttpMethod.Get, Rbac + "/clusterroles")).Body.GetObject("metadata")!.GetString("resourceVersion");

    private static async Task<HttpStatusCode> CodeAsync(HttpClient client, HttpMethod method, string path) =>
        (await TestServer.SendAsync(client, method, path)).Code;
}
