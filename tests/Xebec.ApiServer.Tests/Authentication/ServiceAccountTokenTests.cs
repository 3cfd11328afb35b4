using System.Net;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Tests.Authentication;

public sealed class ServiceAccountTokenTests
{
    private const string Accounts = "/api/v1/namespaces/default/serviceaccounts";
    private const string Pods = "/api/v1/namespaces/default/pods";
    private const string Pod = """{"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}]}}""";

    [Fact]
    public async Task A_token_stands_for_its_service_account_until_it_expires()
    {
        await using var server = await SecureServer.StartAsync();
        var token = await TokenAsync(server, "{}");
        var claims = JsonWebToken.ReadUnverified(token)!;
        Assert.Equal("system:serviceaccount:default:default", claims.GetString("sub"));
        Assert.Equal(3600, claims["exp"]!.AsInt64() - claims["iat"]!.AsInt64());
        var status = await ReviewAsync(server, token);
        Assert.Equal("""["system:serviceaccounts","system:serviceaccounts:default","system:authenticated"]""", status.GetObject("user")!["groups"]!.ToString());
        Assert.Equal("""["https://kubernetes.default.svc.cluster.local"]""", status["audiences"]!.ToString());
        server.Time.Advance(TimeSpan.FromSeconds(3601));
        Assert.Null((await ReviewAsync(server, token))["authenticated"]);
    }

    [Fact]
    public async Task A_token_dies_with_its_service_account()
    {
        await using var server = await SecureServer.StartAsync();
        await server.SendAsync(HttpMethod.Post, Accounts, """{"metadata":{"name":"a"}}""");
        var token = await TokenAsync(server, "{}", "a");
        Assert.True((await ReviewAsync(server, token))["authenticated"]!.AsBool());
        await server.SendAsync(HttpMethod.Delete, Accounts + "/a");
        await server.SendAsync(HttpMethod.Post, Accounts, """{"metadata":{"name":"a"}}""");
        Assert.Null((await ReviewAsync(server, token))["authenticated"]);
    }

    [Fact]
    public async Task A_kubelets_token_is_bound_to_its_pod_and_lasts_a_year()
    {
        await using var server = await SecureServer.StartAsync();
        var (_, pod) = await server.SendAsync(HttpMethod.Post, Pods, Pod);
        var uid = pod.GetObject("metadata")!.GetString("uid");
        var token = await TokenAsync(
            server, """{"spec":{"expirationSeconds":3607,"boundObjectRef":{"apiVersion":"v1","kind":"Pod","name":"p","uid":"UID"}}}""".Replace("UID", uid, StringComparison.Ordinal));
        var claims = JsonWebToken.ReadUnverified(token)!;
        Assert.Equal(uid, claims.GetObject("kubernetes.io")!.GetObject("pod")!.GetString("uid"));
        Assert.Equal(365 * 24 * 3600, claims["exp"]!.AsInt64() - claims["iat"]!.AsInt64());
        Assert.Equal(3607, claims.GetObject("kubernetes.io")!["warnafter"]!.AsInt64() - claims["iat"]!.AsInt64());
        var user = (await ReviewAsync(server, token)).GetObject("user")!;
        Assert.Equal("""["p"]""", user.GetObject("extra")!["authentication.kubernetes.io/pod-name"]!.ToString());
        await server.SendAsync(HttpMethod.Delete, Pods + "/p?gracePeriodSeconds=0");
        Assert.Null((await ReviewAsync(server, token))["authenticated"]);
    }

    [Theory]
    [InlineData("""{"metadata":{"uid":"gone"}}""", HttpStatusCode.Conflict, "the UID in the token request (gone) does not match the UID of the service account (")]
    [InlineData("""{"spec":{"expirationSeconds":10}}""", HttpStatusCode.UnprocessableEntity, "may not specify a duration less than 10 minutes")]
    [InlineData("""{"spec":{"boundObjectRef":{"apiVersion":"v1","kind":"Pod","name":"no"}}}""", HttpStatusCode.NotFound, "pods \"no\" not found")]
    [InlineData("""{"spec":{"boundObjectRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"no"}}}""", HttpStatusCode.BadRequest, "to object of type apps/v1, Kind=Deployment")]
    public async Task Wrong_token_requests_are_refused(string body, HttpStatusCode expected, string words)
    {
        await using var server = await SecureServer.StartAsync();
        var (code, status) = await server.SendAsync(HttpMethod.Post, Accounts + "/default/token", body);
        Assert.Equal(expected, code);
        Assert.Contains(words, status.GetString("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kubelet_gets_tokens_for_its_own_pods_only()
    {
        await using var server = await SecureServer.StartAsync();
        var (_, pod) = await server.SendAsync(HttpMethod.Post, Pods, Pod.Replace("{\"containers\"", "{\"nodeName\":\"n1\",\"containers\"", StringComparison.Ordinal));
        await server.SendAsync(HttpMethod.Get, Pods + "/p");
        using var kubelet = server.As(new UserInfo("system:node:n1", "system:nodes", "system:authenticated"));
        using var stranger = server.As(new UserInfo("system:node:n2", "system:nodes", "system:authenticated"));
        var body = """{"spec":{"boundObjectRef":{"apiVersion":"v1","kind":"Pod","name":"p","uid":"UID"}}}"""
            .Replace("UID", pod.GetObject("metadata")!.GetString("uid"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await TestServer.SendAsync(kubelet, HttpMethod.Post, Accounts + "/default/token", body)).Code);
        Assert.Equal(HttpStatusCode.Forbidden, (await TestServer.SendAsync(stranger, HttpMethod.Post, Accounts + "/default/token", body)).Code);
        var (_, unbound) = await TestServer.SendAsync(kubelet, HttpMethod.Post, Accounts + "/default/token", "{}");
        Assert.Equal("serviceaccounts \"default\" is forbidden: node requested token not bound to a pod", unbound.GetString("message"));
    }

    [Fact]
    public async Task A_kubelet_gets_tokens_for_audiences_that_the_pod_asks_for()
    {
        await using var server = await SecureServer.StartAsync();
        var (_, pod) = await server.SendAsync(HttpMethod.Post, Pods, """
            {"metadata":{"name":"p"},"spec":{"nodeName":"n1","containers":[{"name":"c","image":"i"}],"volumes":[{"name":"v","projected":{"sources":[
            {"serviceAccountToken":{"audience":"vault","path":"t"}}]}}]}}
            """);
        await server.SendAsync(HttpMethod.Get, Pods + "/p");
        using var kubelet = server.As(new UserInfo("system:node:n1", "system:nodes", "system:authenticated"));
        foreach (var (audiences, problem) in new[]
        {
            ("""["vault"]""", ""), ("[]", ""), ("""["vault","x"]""", "node may only request 0 or 1 audiences"),
            ("""["bank"]""", "audience \"bank\" not found in pod spec volume, n1 is not authorized to request tokens for this audience"),
        })
        {
            var (code, answer) = await TestServer.SendAsync(kubelet, HttpMethod.Post, Accounts + "/default/token", $$$"""
                {"spec":{"audiences":{{{audiences}}},"boundObjectRef":{"apiVersion":"v1","kind":"Pod","name":"p","uid":"{{{pod.GetObject("metadata")!.GetString("uid")}}}"} } }
                """);
            Assert.True(code == (problem.Length == 0 ? HttpStatusCode.Created : HttpStatusCode.Forbidden), answer.ToString());
            if (problem.Length > 0)
                Assert.EndsWith(problem, answer.GetString("message"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_token_for_others_is_not_for_us()
    {
        await using var server = await SecureServer.StartAsync();
        var token = await TokenAsync(server, """{"spec":{"audiences":["vault"]}}""");
        Assert.Equal("invalid bearer token", (await ReviewAsync(server, token)).GetString("error"));
        var (_, review) = await server.SendAsync(
            HttpMethod.Post, "/apis/authentication.k8s.io/v1/tokenreviews", $$$"""{"spec":{"token":"{{{token}}}","audiences":["vault","x"]}}""");
        Assert.Equal("""["vault"]""", review.GetObject("status")!["audiences"]!.ToString());
    }

    [Fact]
    [Conformance("[sig-auth] ServiceAccounts ServiceAccountIssuerDiscovery should support OIDC discovery of service account issuer")]
    public async Task The_key_set_verifies_tokens()
    {
        await using var server = await SecureServer.StartAsync();
        var (_, keys) = await server.SendAsync(HttpMethod.Get, "/openid/v1/jwks");
        var (_, configuration) = await server.SendAsync(HttpMethod.Get, "/.well-known/openid-configuration");
        Assert.Equal("https://kubernetes.default.svc.cluster.local", configuration.GetString("issuer"));
        var key = keys.GetList("keys")![0].AsObject()!;
        using var verifier = System.Security.Cryptography.ECDsa.Create(new System.Security.Cryptography.ECParameters
        {
            Curve = System.Security.Cryptography.ECCurve.NamedCurves.nistP256,
            Q = new() { X = Bytes(key, "x"), Y = Bytes(key, "y") },
        });
        Assert.NotNull(JsonWebToken.Verify(await TokenAsync(server, "{}"), verifier));
    }

    [Fact]
    public async Task A_bootstrap_token_is_good_until_it_expires()
    {
        await using var server = await SecureServer.StartAsync();
        await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces/kube-system/secrets", """
            {"metadata":{"name":"bootstrap-token-abcdef"},"type":"bootstrap.kubernetes.io/token","data":{
            "token-id":"YWJjZGVm","token-secret":"MDEyMzQ1Njc4OWFiY2RlZg==","usage-bootstrap-authentication":"dHJ1ZQ==",
            "expiration":"MjAyNi0xMS0yM1QxMzowMDowMFo=","auth-extra-groups":"c3lzdGVtOmJvb3RzdHJhcHBlcnM6eA=="}}
            """);
        var user = (await ReviewAsync(server, "abcdef.0123456789abcdef")).GetObject("user")!;
        Assert.Equal("system:bootstrap:abcdef", user.GetString("username"));
        Assert.Equal("""["system:bootstrappers","system:bootstrappers:x","system:authenticated"]""", user["groups"]!.ToString());
        Assert.Null((await ReviewAsync(server, "abcdef.0123456789abcdee"))["authenticated"]);
        server.Time.Advance(TimeSpan.FromHours(1));
        Assert.Null((await ReviewAsync(server, "abcdef.0123456789abcdef"))["authenticated"]);
    }

    [Fact]
    public async Task Impersonation_makes_another_user()
    {
        await using var server = await SecureServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/apis/authentication.k8s.io/v1/selfsubjectreviews")
        {
            Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json"),
            Headers = { { "Impersonate-User", "jane" }, { "Impersonate-Group", "dev" }, { "Impersonate-Extra-Acme.com%2fproject", "x" } },
        };
        using var response = await server.Http.SendAsync(request);
        var review = (ObjectValue)Value.Parse(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(
            """{"username":"jane","groups":["dev","system:authenticated"],"extra":{"acme.com/project":["x"]}}""",
            review.GetObject("status")!["userInfo"]!.ToString());
    }

    private static byte[] Bytes(ObjectValue key, string name) => System.Buffers.Text.Base64Url.DecodeFromChars(key.GetString(name));

    private static async Task<string> TokenAsync(TestServer server, string body, string account = "default")
    {
        var (code, answer) = await server.SendAsync(HttpMethod.Post, $"{Accounts}/{account}/token", body);
        Assert.True(code == HttpStatusCode.Created, answer.ToString());
        return answer.GetObject("status")!.GetString("token")!;
    }

    private static async Task<ObjectValue> ReviewAsync(TestServer server, string token)
    {
        var (code, review) = await server.SendAsync(
            HttpMethod.Post, "/apis/authentication.k8s.io/v1/tokenreviews", $$$"""{"spec":{"token":"{{{token}}}"}}""");
        Assert.True(code == HttpStatusCode.Created, review.ToString());
        return review.GetObject("status")!;
    }
}
