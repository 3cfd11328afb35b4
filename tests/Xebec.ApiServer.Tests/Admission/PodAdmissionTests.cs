using System.Net;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Tests.Authentication;

namespace Xebec.ApiServer.Tests.Admission;

public sealed class PodAdmissionTests
{
    private const string Pods = "/api/v1/namespaces/default/pods";

    [Fact]
    [Conformance("[sig-auth] ServiceAccounts should mount an API token into pods")]
    public async Task A_pod_gets_its_account_token_tolerations_and_priority()
    {
        await using var server = await SecureServer.StartAsync();
        var spec = (await CreateAsync(server, """{"containers":[{"name":"c","image":"i"}]}""")).GetObject("spec")!;
        Assert.Equal("default", spec.GetString("serviceAccountName"));
        var volume = spec.GetList("volumes")![0].AsObject()!;
        Assert.Matches("^kube-api-access-[a-z0-9]{5}$", volume.GetString("name"));
        Assert.Equal(
            """{"sources":[{"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},{"configMap":{"name":"kube-root-ca.crt","items":[{"key":"ca.crt","path":"ca.crt"}]}},{"downwardAPI":{"items":[{"path":"namespace","fieldRef":{"apiVersion":"v1","fieldPath":"metadata.namespace"}}]}}],"defaultMode":420}""",
            volume["projected"]!.ToString());
        var mount = spec.GetList("containers")![0].AsObject()!.GetList("volumeMounts")![0].AsObject()!;
        Assert.Equal(volume.GetString("name"), mount.GetString("name"));
        Assert.Equal(2, spec.GetList("tolerations")!.Count);
        Assert.Equal(0, spec["priority"]!.AsInt64());
        Assert.Equal("PreemptLowerPriority", spec.GetString("preemptionPolicy"));
    }

    [Fact]
    public async Task A_pod_of_no_account_is_refused()
    {
        await using var server = await SecureServer.StartAsync();
        var (code, status) = await PostAsync(server, """{"serviceAccountName":"no","containers":[{"name":"c","image":"i"}]}""");
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.Equal(
            "pods \"p\" is forbidden: error looking up service account default/no: serviceaccount \"no\" not found", status.GetString("message"));
    }

    [Fact]
    [Conformance("[sig-auth] ServiceAccounts should allow opting out of API token automount")]
    public async Task Mounting_can_be_switched_off()
    {
        await using var server = await SecureServer.StartAsync();
        var pod = await CreateAsync(server, """{"automountServiceAccountToken":false,"containers":[{"name":"c","image":"i"}]}""");
        Assert.Null(pod.GetObject("spec")!["volumes"]);
    }

    [Fact]
    public async Task Priority_comes_from_the_class()
    {
        await using var server = await SecureServer.StartAsync();
        var critical = await CreateAsync(server, """{"priorityClassName":"system-node-critical","containers":[{"name":"c","image":"i"}]}""");
        Assert.Equal(2000001000, critical.GetObject("spec")!["priority"]!.AsInt64());
        var (_, unknown) = await PostAsync(server, """{"priorityClassName":"no","containers":[{"name":"c","image":"i"}]}""");
        Assert.Equal("pods \"p\" is forbidden: no PriorityClass with name no was found", unknown.GetString("message"));
        var (_, own) = await PostAsync(server, """{"priority":5,"containers":[{"name":"c","image":"i"}]}""");
        Assert.StartsWith("pods \"p\" is forbidden: the integer value of priority (5) must not be provided", own.GetString("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_made_outside_live_namespaces()
    {
        await using var server = await SecureServer.StartAsync();
        var (missing, status) = await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces/no/configmaps", """{"metadata":{"name":"a"}}""");
        Assert.Equal((HttpStatusCode.NotFound, "namespaces \"no\" not found"), (missing, status.GetString("message")));
        await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces", """{"metadata":{"name":"x"}}""");
        await server.SendAsync(HttpMethod.Delete, "/api/v1/namespaces/x");
        await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces/x");
        var (terminating, refused) = await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces/x/configmaps", """{"metadata":{"name":"a"}}""");
        Assert.Equal(HttpStatusCode.Forbidden, terminating);
        Assert.Equal(
            "configmaps \"a\" is forbidden: unable to create new content in namespace x because it is being terminated", refused.GetString("message"));
        Assert.Equal("NamespaceTerminating", refused.GetObject("details")!.GetList("causes")![0].AsObject()!.GetString("reason"));
        var (immortal, _) = await server.SendAsync(HttpMethod.Delete, "/api/v1/namespaces/default");
        Assert.Equal(HttpStatusCode.Forbidden, immortal);
    }

    private static Task<(HttpStatusCode Code, ObjectValue Body)> PostAsync(TestServer server, string spec) =>
        server.SendAsync(HttpMethod.Post, Pods, $$$"""{"metadata":{"name":"p"},"spec":{{{spec}}}}""");

    private static async Task<ObjectValue> CreateAsync(TestServer server, string spec)
    {
        var (code, pod) = await PostAsync(server, spec);
        Assert.True(code == HttpStatusCode.Created, pod.ToString());
        return pod;
    }
}
