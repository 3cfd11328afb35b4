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
        var mirror = await MirrorAsync(node);
        var (code, status) = await TestServer.SendAsync(node, HttpMethod.Post, Core + "/pods", $"{mirror},{spec}}}}}");
        Assert.Equal(
            (HttpStatusCode.Forbidden, $"pods \"m\" is forbidden: node \"n1\" can not create pods that reference {what}"), (code, status.GetString("message")));
        Assert.Equal(HttpStatusCode.Created, (await TestServer.SendAsync(node, HttpMethod.Post, Core + "/pods", mirror + "}}")).Code);
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

    [Theory]
    [InlineData("\"controller\":true", "", "can only create pods with a controller owner reference set to itself")]
    [InlineData("\"name\":\"n1\"", "\"name\":\"n2\"", "can only create pods with an owner reference set to itself")]
    [InlineData("\"kind\":\"Node\"", "\"kind\":\"ConfigMap\"", "can only create pods with an owner reference set to itself")]
    public async Task A_mirror_pod_belongs_to_its_node(string right, string wrong, string problem)
    {
        await using var server = await TestServer.StartAsync();
        using var node = server.As(new UserInfo("system:node:n1", "system:nodes", "system:authenticated"));
        var mirror = await MirrorAsync(node) + "}}";
        var changed = (wrong.Length == 0 ? mirror.Replace("," + right, "", StringComparison.Ordinal) : mirror.Replace(right, wrong, StringComparison.Ordinal));
        var (code, status) = await TestServer.SendAsync(node, HttpMethod.Post, Core + "/pods", changed);
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.EndsWith(problem, status.GetString("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases", """{"metadata":{"name":"n2"},"spec":{"leaseDurationSeconds":40,"holderIdentity":"n1"}}""",
        "can only access node lease with the same name as the requesting node")]
    [InlineData("/apis/storage.k8s.io/v1/csinodes", """{"metadata":{"name":"n2"},"spec":{"drivers":[]}}""", "can only access CSINode with the same name as the requesting node")]
    [InlineData("/apis/resource.k8s.io/v1/resourceslices", """{"metadata":{"name":"s"},"spec":{"driver":"d.example.com","nodeName":"n2","pool":{"name":"p","generation":1,"resourceSliceCount":1}}}""",
        "can only create ResourceSlice with the same NodeName as the requesting node")]
    [InlineData("/api/v1/nodes", """{"metadata":{"name":"n1","labels":{"node-restriction.kubernetes.io/x":"y"}}}""",
        "is not allowed to set the following labels: node-restriction.kubernetes.io/x")]
    public async Task A_node_makes_nothing_in_anothers_name(string path, string body, string problem)
    {
        await using var server = await TestServer.StartAsync();
        using var node = server.As(new UserInfo("system:node:n1", "system:nodes", "system:authenticated"));
        var (code, status) = await TestServer.SendAsync(node, HttpMethod.Post, path, body);
        Assert.True(code == HttpStatusCode.Forbidden, status.ToString());
        Assert.EndsWith(problem, status.GetString("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_reads_the_secrets_of_the_volumes_that_its_pods_mount()
    {
        await using var server = await TestServer.StartAsync();
        await server.SendAsync(HttpMethod.Post, Core + "/secrets", """{"metadata":{"name":"stage"}}""");
        await server.SendAsync(HttpMethod.Post, Core + "/secrets", """{"metadata":{"name":"publish"}}""");
        await server.SendAsync(HttpMethod.Post, "/api/v1/persistentvolumes", """
            {"metadata":{"name":"pv"},"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"claimRef":{"namespace":"default","name":"bound"},
            "csi":{"driver":"d.example.com","volumeHandle":"v","nodeStageSecretRef":{"namespace":"default","name":"stage"},
            "controllerPublishSecretRef":{"namespace":"default","name":"publish"}}}}
            """);
        foreach (var name in new[] { "bound", "pretender" })
        {
            await server.SendAsync(HttpMethod.Post, Core + "/persistentvolumeclaims", $$$"""
                {"metadata":{"name":"{{{name}}}"},"spec":{"volumeName":"pv","accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"} } } }
                """);
        }

        foreach (var (pod, nodeName, claim) in new[] { ("a", "n1", "bound"), ("b", "n2", "pretender") })
        {
            await server.SendAsync(HttpMethod.Post, Core + "/pods", $$$"""
                {"metadata":{"name":"{{{pod}}}"},"spec":{"nodeName":"{{{nodeName}}}","containers":[{"name":"c","image":"i"}],
                "volumes":[{"name":"v","persistentVolumeClaim":{"claimName":"{{{claim}}}"}}]}}
                """);
        }

        await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces");
        using var node = server.As(new UserInfo("system:node:n1", "system:nodes", "system:authenticated"));
        using var stranger = server.As(new UserInfo("system:node:n2", "system:nodes", "system:authenticated"));
        Assert.Equal(HttpStatusCode.OK, await CodeAsync(node, Core + "/secrets/stage"));
        Assert.Equal(HttpStatusCode.OK, await CodeAsync(node, "/api/v1/persistentvolumes/pv"));
        Assert.Equal(HttpStatusCode.Forbidden, await CodeAsync(node, Core + "/secrets/publish"));
        Assert.Equal(HttpStatusCode.Forbidden, await CodeAsync(stranger, "/api/v1/persistentvolumes/pv"));
        Assert.Equal(HttpStatusCode.Forbidden, await CodeAsync(stranger, Core + "/secrets/stage"));
        const string MergePatch = "application/merge-patch+json";
        var (code, grown) = await TestServer.SendAsync(
            node, HttpMethod.Patch, Core + "/persistentvolumeclaims/bound/status", """{"status":{"capacity":{"storage":"2Gi"}}}""", MergePatch);
        Assert.True(code == HttpStatusCode.OK, grown.ToString());
        Assert.Equal(HttpStatusCode.Forbidden, (await TestServer.SendAsync(
            node, HttpMethod.Patch, Core + "/persistentvolumeclaims/bound/status", """{"metadata":{"labels":{"a":"b"}},"status":{"capacity":{"storage":"2Gi"}}}""", MergePatch)).Code);
    }

    [Fact]
    public async Task A_node_sees_the_resource_claims_of_its_pods_and_evicts_them()
    {
        await using var server = await TestServer.StartAsync();
        const string Claims = "/apis/resource.k8s.io/v1/namespaces/default/resourceclaims";
        await server.SendAsync(HttpMethod.Post, Claims, """{"metadata":{"name":"mine"},"spec":{"devices":{}}}""");
        await server.SendAsync(HttpMethod.Post, Claims, """{"metadata":{"name":"other"},"spec":{"devices":{}}}""");
        await server.SendAsync(HttpMethod.Post, Core + "/pods", """
            {"metadata":{"name":"p"},"spec":{"nodeName":"n1","resourceClaims":[{"name":"c","resourceClaimName":"mine"}],"containers":[{"name":"c","image":"i"}]}}
            """);
        await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces");
        using var node = server.As(new UserInfo("system:node:n1", "system:nodes", "system:authenticated"));
        using var stranger = server.As(new UserInfo("system:node:n2", "system:nodes", "system:authenticated"));
        Assert.Equal(HttpStatusCode.OK, await CodeAsync(node, Claims + "/mine"));
        Assert.Equal(HttpStatusCode.Forbidden, await CodeAsync(node, Claims + "/other"));
        Assert.Equal(HttpStatusCode.Forbidden, await CodeAsync(node, "/apis/resource.k8s.io/v1/resourceslices"));
        const string Eviction = """{"kind":"Eviction","apiVersion":"policy/v1","metadata":{"name":"p"}}""";
        var (code, status) = await TestServer.SendAsync(stranger, HttpMethod.Post, Core + "/pods/p/eviction", Eviction);
        Assert.Equal((HttpStatusCode.Forbidden, "node n2 can only evict pods with spec.nodeName set to itself"), (code, status.GetString("message")!.Split(": ")[^1]));
        Assert.Equal(HttpStatusCode.Created, (await TestServer.SendAsync(node, HttpMethod.Post, Core + "/pods/p/eviction", Eviction)).Code);
    }

    // The beginning of a mirror pod of n1, which is made first.
    private static async Task<string> MirrorAsync(HttpClient node)
    {
        var (_, made) = await TestServer.SendAsync(node, HttpMethod.Post, "/api/v1/nodes", """{"metadata":{"name":"n1"}}""");
        return $$$"""
            {"metadata":{"name":"m","annotations":{"kubernetes.io/config.mirror":"x"},"ownerReferences":[{"apiVersion":"v1","kind":"Node","name":"n1",
            "uid":"{{{made.GetObject("metadata")!.GetString("uid")}}}","controller":true}]},"spec":{"nodeName":"n1","containers":[{"name":"c","image":"i"}]
            """;
    }

    private static async Task<HttpStatusCode> CodeAsync(HttpClient client, string path) =>
        (await TestServer.SendAsync(client, HttpMethod.Get, path)).Code;
}
