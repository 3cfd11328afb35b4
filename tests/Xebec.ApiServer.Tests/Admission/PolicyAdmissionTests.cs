using System.Net;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Tests.Admission;

public sealed class PolicyAdmissionTests
{
    [Fact]
    public async Task A_restricted_namespace_refuses_pods_and_warns_of_workloads()
    {
        await using var server = await TestServer.StartAsync();
        await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces", """
            {"metadata":{"name":"r","labels":{"pod-security.kubernetes.io/enforce":"restricted","pod-security.kubernetes.io/warn":"baseline"}}}
            """);
        await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces/r");
        var (code, refused) = await server.SendAsync(
            HttpMethod.Post, "/api/v1/namespaces/r/pods", """{"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}]}}""");
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.Equal(
            "pods \"p\" is forbidden: violates PodSecurity \"restricted:latest\": allowPrivilegeEscalation != false (container \"c\" must set " +
            "securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container \"c\" must set " +
            "securityContext.capabilities.drop=[\"ALL\"]), runAsNonRoot != true (pod or container \"c\" must set " +
            "securityContext.runAsNonRoot=true), seccompProfile (pod or container \"c\" must set securityContext.seccompProfile.type to " +
            "\"RuntimeDefault\" or \"Localhost\")",
            refused.GetString("message"));
        using var response = await server.Http.PostAsync("/apis/apps/v1/namespaces/r/deployments", new StringContent("""
            {"metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},
            "spec":{"hostNetwork":true,"containers":[{"name":"c","image":"i","securityContext":{"privileged":true}}]}}}}
            """, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Contains(
            "would violate PodSecurity \\\"baseline:latest\\\": host namespaces (hostNetwork=true), privileged (container \\\"c\\\" must not set " +
            "securityContext.privileged=true)",
            string.Join('\n', response.Headers.GetValues("Warning")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pod_that_does_all_that_is_asked_is_let_in()
    {
        await using var server = await TestServer.StartAsync();
        await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces", """{"metadata":{"name":"r","labels":{"pod-security.kubernetes.io/enforce":"restricted"}}}""");
        await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces/r");
        var (code, pod) = await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces/r/pods", """
            {"metadata":{"name":"p"},"spec":{"securityContext":{"runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"}},
            "containers":[{"name":"c","image":"i","securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]}}}]}}
            """);
        Assert.True(code == HttpStatusCode.Created, pod.ToString());
    }

    [Fact]
    public async Task Claims_and_ingresses_get_the_default_class()
    {
        await using var server = await TestServer.StartAsync();
        await server.SendAsync(HttpMethod.Post, "/apis/storage.k8s.io/v1/storageclasses", """
            {"metadata":{"name":"fast","annotations":{"storageclass.kubernetes.io/is-default-class":"true"}},"provisioner":"x.example.com/y"}
            """);
        await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces");
        const string Claim = """{"metadata":{"name":"NAME"},"spec":{CLASS"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}""";
        var (_, claim) = await server.SendAsync(
            HttpMethod.Post, "/api/v1/namespaces/default/persistentvolumeclaims", Claim.Replace("NAME", "a", StringComparison.Ordinal).Replace("CLASS", "", StringComparison.Ordinal));
        Assert.Equal("fast", claim.GetObject("spec")!.GetString("storageClassName"));
        var (_, none) = await server.SendAsync(
            HttpMethod.Post, "/api/v1/namespaces/default/persistentvolumeclaims",
            Claim.Replace("NAME", "b", StringComparison.Ordinal).Replace("CLASS", "\"storageClassName\":\"\",", StringComparison.Ordinal));
        Assert.Equal("", none.GetObject("spec")!.GetString("storageClassName"));
    }

    [Fact]
    [Conformance("[sig-node] RuntimeClass should schedule a Pod requesting a RuntimeClass and initialize its Overhead [NodeConformance]")]
    public async Task A_runtime_class_adds_its_overhead()
    {
        await using var server = await TestServer.StartAsync();
        await server.SendAsync(HttpMethod.Post, "/apis/node.k8s.io/v1/runtimeclasses", """
            {"metadata":{"name":"vm"},"handler":"vm","overhead":{"podFixed":{"cpu":"250m"}},"scheduling":{"nodeSelector":{"vm":"yes"}}}
            """);
        const string Pod = """{"metadata":{"name":"p"},"spec":{"runtimeClassName":"NAME","containers":[{"name":"c","image":"i"}]}}""";
        var (_, pod) = await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/pods", Pod.Replace("NAME", "vm", StringComparison.Ordinal));
        Assert.Equal("""{"cpu":"250m"}""", pod.GetObject("spec")!["overhead"]!.ToString());
        Assert.Equal("yes", pod.GetObject("spec")!.GetObject("nodeSelector")!.GetString("vm"));
        var (_, refused) = await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/pods", Pod.Replace("NAME", "no", StringComparison.Ordinal));
        Assert.Equal("pods \"p\" is forbidden: pod rejected: RuntimeClass \"no\" not found", refused.GetString("message"));
    }

    [Fact]
    public async Task A_node_starts_tainted_and_cannot_free_itself()
    {
        await using var server = await TestServer.StartAsync();
        using var kubelet = server.As(new UserInfo("system:node:n1", "system:nodes", "system:authenticated"));
        var (_, node) = await TestServer.SendAsync(kubelet, HttpMethod.Post, "/api/v1/nodes", """{"metadata":{"name":"n1"}}""");
        Assert.Contains("node.kubernetes.io/not-ready", node.GetObject("spec")!["taints"]!.ToString(), StringComparison.Ordinal);
        node.GetObject("spec")!.Remove("taints");
        var (_, taints) = await TestServer.SendAsync(kubelet, HttpMethod.Put, "/api/v1/nodes/n1", node.ToString());
        Assert.Equal("nodes \"n1\" is forbidden: node \"n1\" is not allowed to modify taints", taints.GetString("message"));
        var (code, other) = await TestServer.SendAsync(kubelet, HttpMethod.Post, "/api/v1/nodes", """{"metadata":{"name":"n2"}}""");
        Assert.Equal((HttpStatusCode.Forbidden, "nodes \"n2\" is forbidden: node \"n1\" is not allowed to modify node \"n2\""), (code, other.GetString("message")));
        var (_, labels) = await TestServer.SendAsync(
            kubelet, HttpMethod.Patch, "/api/v1/nodes/n1", """{"metadata":{"labels":{"node-restriction.kubernetes.io/x":"y"}}}""", "application/merge-patch+json");
        Assert.Equal(
            "nodes \"n1\" is forbidden: is not allowed to modify labels: node-restriction.kubernetes.io/x", labels.GetString("message"));
    }
}
