using System.Net;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Tests.Authorization;

public sealed class NodeAuthorizerTests
{
    private const string Core = "/api/v1/namespaces/default";

    [Fact]
    public async Task A_node_reads_what_its_pods_refer_to_and_nothing_else()
    {
        await using var server = await TestServer.StartAsync();
        await server.SendAsync(HttpMethod.Post, Core + "/secrets", """{"metadata":{"name":"mine"}}""");
        await server.SendAsync(HttpMethod.Post, Core + "/secrets", """{"metadata":{"name":"other"}}""");
        await server.SendAsync(HttpMethod.Post, Core + "/configmaps", """{"metadata":{"name":"projected"}}""");
        await server.SendAsync(HttpMethod.Post, Core + "/pods", """
            {"metadata":{"name":"p"},"spec":{"nodeName":"n1","containers":[{"name":"c","image":"i",
            "env":[{"name":"E","valueFrom":{"secretKeyRef":{"name":"mine","key":"k"}}}]}],
            "volumes":[{"name":"v","projected":{"sources":[{"configMap":{"name":"projected"}}]}}]}}
            """);
        await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces");
        using var node = server.As(new UserInfo("system:node:n1", "system:nodes", "system:authenticated"));
        using var stranger = server.As(new UserInfo("system:node:n2", "system:nodes", "system:authenticated"));
        Assert.Equal(HttpStatusCode.OK, await CodeAsync(node, Core + "/secrets/mine"));
        Assert.Equal(HttpStatusCode.OK, await CodeAsync(node, Core + "/configmaps/projected"));
        Assert.Equal(HttpStatusCode.Forbidden, await CodeAsync(stranger, Core + "/secrets/mine"));
        var (code, status) = await TestServer.SendAsync(node, HttpMethod.Get, Core + "/secrets/other");
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.Equal(
            "secrets \"other\" is forbidden: User \"system:node:n1\" cannot get resource \"secrets\" in API group \"\" in the namespace \"default\": " +
            "no relationship found between node 'n1' and this object",
            status.GetString("message"));
        Assert.Equal(HttpStatusCode.Forbidden, await CodeAsync(node, Core + "/secrets"));
        Assert.Equal(HttpStatusCode.OK, await CodeAsync(node, Core + "/pods/p"));
        Assert.Equal(HttpStatusCode.Forbidden, await CodeAsync(stranger, Core + "/pods/p"));
        Assert.Equal(HttpStatusCode.OK, await CodeAsync(node, "/api/v1/pods?fieldSelector=spec.nodeName%3Dn1"));
        Assert.Equal(HttpStatusCode.Forbidden, await CodeAsync(node, "/api/v1/pods"));
        Assert.Equal(HttpStatusCode.Forbidden, await CodeAsync(node, "/api/v1/pods?fieldSelector=&fieldSelector=spec.nodeName%3Dn1"));
        Assert.Equal(HttpStatusCode.OK, await CodeAsync(node, "/api/v1/services"));
    }

    [Fact]
    public async Task A_node_changes_only_itself_and_its_lease()
    {
        await using var server = await TestServer.StartAsync();
        using var node = server.As(new UserInfo("system:node:n1", "system:nodes", "system:authenticated"));
        Assert.Equal(HttpStatusCode.Created, (await TestServer.SendAsync(node, HttpMethod.Post, "/api/v1/nodes", """{"metadata":{"name":"n1"}}""")).Code);
        Assert.Equal(HttpStatusCode.OK, await CodeAsync(node, "/api/v1/nodes/n1"));
        Assert.Equal(HttpStatusCode.Forbidden, await CodeAsync(node, "/api/v1/nodes/n2"));
        const string Leases = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";
        Assert.Equal(HttpStatusCode.Created, (await TestServer.SendAsync(node, HttpMethod.Post, Leases, """{"metadata":{"name":"n1"},"spec":{"leaseDurationSeconds":40,"holderIdentity":"n1"}}""")).Code);
        Assert.Equal(HttpStatusCode.Forbidden, await CodeAsync(node, Leases + "/n2"));
    }

    [Theory]
    [InlineData("secrets", """ "volumes":[{"name":"v","secret":{"secretName":"s"}}] """)]
    [InlineData("secrets", """ "imagePullSecrets":[{"name":"s"}] """)]
    [InlineData("configmaps", """ "volumes":[{"name":"v","projected":{"sources":[{"configMap":{"name":"c"}}]}}] """)]
    [InlineData("persistentvolumeclaims", """ "volumes":[{"name":"v","persistentVolumeClaim":{"claimName":"p"}}] """)]
    [InlineData("a service account", """ "serviceAccountName":"default" """)]
    public async Task A_mirror_pod_refers_to_nothing_that_its_node_could_then_read(string what, string spec)
    {
        await using var server = await TestServer.StartAsync();
        using var node = server.As(new UserInfo("system:node:n1", "system:nodes", "system:authenticated"));
        const string Mirror = """{"metadata":{"name":"m","annotations":{"kubernetes.io/config.mirror":"x"}},"spec":{"nodeName":"n1","containers":[{"name":"c","image":"i"}]""";
        var (code, status) = await TestServer.SendAsync(node, HttpMethod.Post, Core + "/pods", $"{Mirror},{spec}}}}}");
        Assert.Equal(
            (HttpStatusCode.Forbidden, $"pods \"m\" is forbidden: node \"n1\" can not create pods that reference {what}"), (code, status.GetString("message")));
        Assert.Equal(HttpStatusCode.Created, (await TestServer.SendAsync(node, HttpMethod.Post, Core + "/pods", Mirror + "}}")).Code);
    }

    [Fact]
    public async Task A_node_reports_its_pods_status_and_leaves_their_labels()
    {
        await using var server = await TestServer.StartAsync();
        await server.SendAsync(
            HttpMethod.Post, Core + "/pods",
            """{"metadata":{"name":"p","labels":{"app":"a"}},"spec":{"nodeName":"n1","containers":[{"name":"c","image":"i"}]}}""");
        using var node = server.As(new UserInfo("system:node:n1", "system:nodes", "system:authenticated"));
        const string MergePatch = "application/merge-patch+json";
        var (code, status) = await TestServer.SendAsync(
            node, HttpMethod.Patch, Core + "/pods/p/status", """{"metadata":{"labels":{"app":"b"}},"status":{"phase":"Running"}}""", MergePatch);
        Assert.Equal(
            (HttpStatusCode.Forbidden, "pods \"p\" is forbidden: node \"n1\" cannot update labels through pod status"), (code, status.GetString("message")));
        Assert.Equal(
            HttpStatusCode.OK, (await TestServer.SendAsync(node, HttpMethod.Patch, Core + "/pods/p/status", """{"status":{"phase":"Running"}}""", MergePatch)).Code);
    }

    private static async Task<HttpStatusCode> CodeAsync(HttpClient client, string path) =>
        (await TestServer.SendAsync(client, HttpMethod.Get, path)).Code;
}
