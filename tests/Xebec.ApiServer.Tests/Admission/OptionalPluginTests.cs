using System.Net;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Tests.Admission;

/// <summary>The plugins that run only when they are switched on, and those about storage.</summary>
public sealed class OptionalPluginTests
{
    private const string Pods = "/api/v1/namespaces/default/pods";
    private const string Pod = """{"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i:1","imagePullPolicy":"Never"}]}}""";

    [Fact]
    public async Task AlwaysPullImages_changes_every_policy()
    {
        await using var server = await StartAsync("AlwaysPullImages");
        var (_, pod) = await server.SendAsync(HttpMethod.Post, Pods, Pod);
        Assert.Equal("Always", pod.GetObject("spec")!.GetList("containers")![0].AsObject()!.GetString("imagePullPolicy"));
        await using var usual = await TestServer.StartAsync();
        (_, pod) = await usual.SendAsync(HttpMethod.Post, Pods, Pod);
        Assert.Equal("Never", pod.GetObject("spec")!.GetList("containers")![0].AsObject()!.GetString("imagePullPolicy"));
    }

    [Fact]
    public async Task DenyServiceExternalIPs_refuses_new_ones()
    {
        await using var server = await StartAsync("DenyServiceExternalIPs");
        const string Services = "/api/v1/namespaces/default/services";
        await CheckForbiddenAsync(
            server, Services, """{"metadata":{"name":"s"},"spec":{"ports":[{"port":80}],"externalIPs":["192.0.2.1"]}}""",
            "services \"s\" is forbidden: Use of external IPs is denied by admission control.");
        Assert.Equal(HttpStatusCode.Created, (await server.SendAsync(HttpMethod.Post, Services, """{"metadata":{"name":"s"},"spec":{"ports":[{"port":80}]}}""")).Code);
    }

    [Fact]
    public async Task ExtendedResourceToleration_lets_pods_onto_nodes_set_apart()
    {
        await using var server = await StartAsync("ExtendedResourceToleration");
        var (_, pod) = await server.SendAsync(HttpMethod.Post, Pods, """
            {"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i","resources":{"limits":{"acme.example/gpu":"1","cpu":"1"}}}]}}
            """);
        Assert.Contains(
            """{"key":"acme.example/gpu","operator":"Exists","effect":"NoSchedule"}""", pod.GetObject("spec")!["tolerations"]!.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task PodNodeSelector_and_PodTolerationRestriction_follow_the_namespace()
    {
        await using var server = await StartAsync("PodNodeSelector", "PodTolerationRestriction");
        await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces", """
            {"metadata":{"name":"n","annotations":{"scheduler.alpha.kubernetes.io/node-selector":"pool=a,zone=z",
            "scheduler.alpha.kubernetes.io/defaultTolerations":"[{\"key\":\"t\",\"operator\":\"Exists\"}]",
            "scheduler.alpha.kubernetes.io/tolerationsWhitelist":"[{\"key\":\"t\",\"operator\":\"Exists\"},{\"operator\":\"Exists\",\"effect\":\"NoExecute\"}]"}}}
            """);
        const string InNamespace = "/api/v1/namespaces/n/pods";
        var (code, pod) = await server.SendAsync(HttpMethod.Post, InNamespace, Pod);
        Assert.True(code == HttpStatusCode.Created, pod.ToString());
        Assert.Equal("""{"pool":"a","zone":"z"}""", pod.GetObject("spec")!["nodeSelector"]!.ToString());
        Assert.Contains("""{"key":"t","operator":"Exists"}""", pod.GetObject("spec")!["tolerations"]!.ToString(), StringComparison.Ordinal);
        const string Containers = "\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]";
        await CheckForbiddenAsync(
            server, InNamespace, $$$"""{"metadata":{"name":"q"},"spec":{"nodeSelector":{"pool":"b"},{{{Containers}}}}}""",
            "pods \"q\" is forbidden: pod node label selector conflicts with its namespace node label selector");
        await CheckForbiddenAsync(
            server, InNamespace, $$$"""{"metadata":{"name":"q"},"spec":{"tolerations":[{"key":"x","operator":"Exists","effect":"NoSchedule"}],{{{Containers}}}}}""",
            "pods \"q\" is forbidden: pod tolerations (possibly merged with namespace default tolerations) conflict with its namespace whitelist");
    }

    [Fact]
    public async Task LimitPodHardAntiAffinityTopology_allows_the_host_only()
    {
        await using var server = await StartAsync("LimitPodHardAntiAffinityTopology");
        await CheckForbiddenAsync(
            server, Pods, """
            {"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}],"affinity":{"podAntiAffinity":
            {"requiredDuringSchedulingIgnoredDuringExecution":[{"topologyKey":"zone","labelSelector":{}}]}}}}
            """,
            "pods \"p\" is forbidden: affinity.PodAntiAffinity.RequiredDuringScheduling has TopologyKey zone but only key kubernetes.io/hostname is allowed");
    }

    [Fact]
    public async Task NamespaceAutoProvision_makes_the_namespace()
    {
        await using var server = await StartAsync("NamespaceAutoProvision");
        var (code, pod) = await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces/fresh/configmaps", """{"metadata":{"name":"c"}}""");
        Assert.True(code == HttpStatusCode.Created, pod.ToString());
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces/fresh")).Code);
        await using var usual = await TestServer.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await usual.SendAsync(HttpMethod.Post, "/api/v1/namespaces/fresh/configmaps", """{"metadata":{"name":"c"}}""")).Code);
    }

    [Fact]
    public async Task Owners_are_changed_by_who_may_delete_and_block_by_who_may_finalize()
    {
        await using var server = await StartAsync("OwnerReferencesPermissionEnforcement");
        await server.SendAsync(HttpMethod.Post, "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles", """
            {"metadata":{"name":"r"},"rules":[{"verbs":["create","get","patch"],"apiGroups":[""],"resources":["configmaps"]}]}
            """);
        await server.SendAsync(HttpMethod.Post, "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings", """
            {"metadata":{"name":"b"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"r"},
            "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"jane"}]}
            """);
        await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces");
        using var jane = server.As(new UserInfo("jane", "system:authenticated"));
        const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
        const string Owner = """{"apiVersion":"v1","kind":"Pod","name":"p","uid":"u"BLOCK}""";
        static string Body(string name, string block) =>
            $$$"""{"metadata":{"name":"{{{name}}}","ownerReferences":[{{{Owner.Replace("BLOCK", block, StringComparison.Ordinal)}}}]}}""";
        Assert.Equal(HttpStatusCode.Created, (await TestServer.SendAsync(jane, HttpMethod.Post, ConfigMaps, Body("a", ""))).Code);
        var (code, status) = await TestServer.SendAsync(jane, HttpMethod.Post, ConfigMaps, Body("b", ",\"blockOwnerDeletion\":true"));
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.StartsWith(
            "configmaps \"b\" is forbidden: cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on: ",
            status.GetString("message"), StringComparison.Ordinal);
        (code, status) = await TestServer.SendAsync(jane, HttpMethod.Patch, ConfigMaps + "/a", """{"metadata":{"ownerReferences":null}}""", "application/merge-patch+json");
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.StartsWith("configmaps \"a\" is forbidden: cannot set an ownerRef on a resource you can't delete: ", status.GetString("message"), StringComparison.Ordinal);
        (code, _) = await server.SendAsync(HttpMethod.Post, ConfigMaps, Body("c", ",\"blockOwnerDeletion\":true"));
        Assert.Equal(HttpStatusCode.Created, code);
    }

    [Fact]
    public async Task Claims_grow_only_where_their_class_allows_it_and_are_protected()
    {
        await using var server = await StartAsync("StorageObjectInUseProtection");
        await server.SendAsync(HttpMethod.Post, "/apis/storage.k8s.io/v1/storageclasses", """{"metadata":{"name":"fixed"},"provisioner":"x.example.com/y"}""");
        await server.SendAsync(
            HttpMethod.Post, "/apis/storage.k8s.io/v1/storageclasses", """{"metadata":{"name":"grows"},"provisioner":"x.example.com/y","allowVolumeExpansion":true}""");
        foreach (var (name, expected) in new[] { ("fixed", HttpStatusCode.Forbidden), ("grows", HttpStatusCode.OK) })
        {
            const string Claims = "/api/v1/namespaces/default/persistentvolumeclaims";
            var (_, claim) = await server.SendAsync(HttpMethod.Post, Claims, $$$"""
                {"metadata":{"name":"{{{name}}}"},"spec":{"storageClassName":"{{{name}}}","volumeName":"v","accessModes":["ReadWriteOnce"],
                "resources":{"requests":{"storage":"1Gi"} } } }
                """);
            Assert.Equal("""["kubernetes.io/pvc-protection"]""", claim.GetObject("metadata")!["finalizers"]?.ToString());
            await server.SendAsync(HttpMethod.Patch, $"{Claims}/{name}/status", """{"status":{"phase":"Bound"}}""", "application/merge-patch+json");
            var (code, answer) = await server.SendAsync(
                HttpMethod.Patch, $"{Claims}/{name}", """{"spec":{"resources":{"requests":{"storage":"2Gi"}}}}""", "application/merge-patch+json");
            Assert.True(code == expected, answer.ToString());
        }
    }

    private static Task<TestServer> StartAsync(params string[] plugins) => TestServer.StartAsync(new KubeApiServerOptions { EnableAdmissionPlugins = plugins });

    private static async Task CheckForbiddenAsync(TestServer server, string path, string body, string message)
    {
        var (code, status) = await server.SendAsync(HttpMethod.Post, path, body);
        Assert.Equal((HttpStatusCode.Forbidden, message), (code, status.GetString("message")));
    }
}
