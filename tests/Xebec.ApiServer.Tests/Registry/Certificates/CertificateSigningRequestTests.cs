using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Tests.Registry.Certificates;

public sealed class CertificateSigningRequestTests
{
    private const string Requests = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    private const string MergePatch = "application/merge-patch+json";
    private const string Approved = """{"status":{"conditions":[{"type":"Approved","status":"True","reason":"R","message":"M"}]}}""";

    [Fact]
    [Conformance("[sig-auth] Certificates API [Privileged:ClusterAdmin] should support CSR API operations")]
    public async Task Requests_are_made_read_patched_approved_signed_and_deleted()
    {
        await using var server = await TestServer.StartAsync();
        var (_, group) = await server.SendAsync(HttpMethod.Get, "/apis/certificates.k8s.io");
        Assert.Equal("certificates.k8s.io/v1", group.GetObject("preferredVersion")!.GetString("groupVersion"));
        var (_, resources) = await server.SendAsync(HttpMethod.Get, "/apis/certificates.k8s.io/v1");
        var names = resources.GetList("resources")!.Select(r => r.AsObject()!.GetString("name"));
        Assert.Superset(
            new HashSet<string?> { "certificatesigningrequests", "certificatesigningrequests/approval", "certificatesigningrequests/status" }, names.ToHashSet());

        await CheckAsync(server, HttpMethod.Post, "", Body("a"), HttpStatusCode.Created);
        await CheckAsync(server, HttpMethod.Post, "", Body("b"), HttpStatusCode.Created);
        await CheckAsync(server, HttpMethod.Get, "/a");
        Assert.Equal(2, (await CheckAsync(server, HttpMethod.Get, "?labelSelector=test%3Dcsr")).GetList("items")!.Count);
        var patched = await CheckAsync(server, HttpMethod.Patch, "/a", """{"metadata":{"annotations":{"patched":"true"}}}""", type: MergePatch);
        patched.GetObject("metadata")!.GetObject("annotations")!["updated"] = "true";
        var updated = await CheckAsync(server, HttpMethod.Put, "/a", patched.ToString());
        Assert.Equal("""{"patched":"true","updated":"true"}""", updated.GetObject("metadata")!["annotations"]!.ToString());

        await CheckAsync(server, HttpMethod.Get, "/a/approval");
        var approved = await CheckAsync(server, HttpMethod.Patch, "/a/approval", Approved, type: MergePatch);
        approved.GetObject("status")!.GetList("conditions")![0].AsObject()!["message"] = "Set from an update";
        approved = await CheckAsync(server, HttpMethod.Put, "/a/approval", approved.ToString());
        Assert.Equal("Set from an update", approved.GetObject("status")!.GetList("conditions")![0].AsObject()!.GetString("message"));
        await CheckAsync(server, HttpMethod.Get, "/a/status");
        approved.GetObject("status")!["certificate"] = Pem(SelfSigned());
        var signed = await CheckAsync(server, HttpMethod.Put, "/a/status", approved.ToString());
        Assert.NotEqual("", signed.GetObject("status")!.GetString("certificate"));
        Assert.Equal("Approved", signed.GetObject("status")!.GetList("conditions")![0].AsObject()!.GetString("type"));

        await CheckAsync(server, HttpMethod.Delete, "/a");
        await CheckAsync(server, HttpMethod.Get, "/a", code: HttpStatusCode.NotFound);
        await CheckAsync(server, HttpMethod.Delete, "?labelSelector=test%3Dcsr");
        Assert.Empty((await CheckAsync(server, HttpMethod.Get, "")).GetList("items")!);
    }

    [Fact]
    public async Task A_request_says_who_made_it_whatever_its_maker_says()
    {
        await using var server = await TestServer.StartAsync();
        var made = await CheckAsync(server, HttpMethod.Post, "", Body("a", ",\"username\":\"root\",\"groups\":[\"system:masters\"]"), HttpStatusCode.Created);
        Assert.Equal("admin", made.GetObject("spec")!.GetString("username"));
        Assert.Equal("""["system:masters","system:authenticated"]""", made.GetObject("spec")!["groups"]!.ToString());
    }

    [Fact]
    public async Task A_decision_is_made_by_approval_alone_and_stays()
    {
        await using var server = await TestServer.StartAsync();
        await CheckAsync(server, HttpMethod.Post, "", Body("a"), HttpStatusCode.Created);
        var refused = await CheckAsync(server, HttpMethod.Patch, "/a/status", Approved, HttpStatusCode.UnprocessableEntity, MergePatch);
        Assert.EndsWith("updates may not add a condition of type \"Approved\"", refused.GetString("message"), StringComparison.Ordinal);
        var approved = await CheckAsync(
            server, HttpMethod.Patch, "/a/approval", Approved.Replace("{\"status\"", "{\"spec\":{\"usages\":[\"any\"]},\"status\"", StringComparison.Ordinal), type: MergePatch);
        Assert.Equal("""["client auth"]""", approved.GetObject("spec")!["usages"]!.ToString());
        Assert.Equal("2026-11-23T12:00:00Z", approved.GetObject("status")!.GetList("conditions")![0].AsObject()!.GetString("lastTransitionTime"));
        await CheckAsync(
            server, HttpMethod.Patch, "/a/approval", """{"status":{"conditions":[]}}""", HttpStatusCode.UnprocessableEntity, MergePatch);
        await CheckAsync(
            server, HttpMethod.Patch, "/a/approval",
            """{"status":{"conditions":[{"type":"Approved","status":"True"},{"type":"Denied","status":"True"}]}}""",
            HttpStatusCode.UnprocessableEntity, MergePatch);
    }

    [Fact]
    public async Task Approving_and_signing_need_the_verb_on_the_signer()
    {
        await using var server = await TestServer.StartAsync();
        await CheckAsync(server, HttpMethod.Post, "", Body("a"), HttpStatusCode.Created);
        await server.SendAsync(HttpMethod.Post, "/apis/rbac.authorization.k8s.io/v1/clusterroles", """
            {"metadata":{"name":"r"},"rules":[{"verbs":["patch"],"apiGroups":["certificates.k8s.io"],
            "resources":["certificatesigningrequests/approval","certificatesigningrequests/status"]},
            {"verbs":["approve"],"apiGroups":["certificates.k8s.io"],"resources":["signers"],"resourceNames":["kubernetes.io/*"]}]}
            """);
        await server.SendAsync(HttpMethod.Post, "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", """
            {"metadata":{"name":"b"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"r"},
            "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"jane"}]}
            """);
        await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces");
        using var jane = server.As(new UserInfo("jane", "system:authenticated"));
        Assert.Equal(HttpStatusCode.OK, (await TestServer.SendAsync(jane, HttpMethod.Patch, Requests + "/a/approval", Approved, MergePatch)).Code);
        var (code, status) = await TestServer.SendAsync(
            jane, HttpMethod.Patch, Requests + "/a/status", $$$"""{"status":{"certificate":"{{{Pem(SelfSigned())}}}"}}""", MergePatch);
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.EndsWith("user not permitted to sign requests with signerName \"kubernetes.io/kube-apiserver-client\"", status.GetString("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UniversalTagNumber.UTF8String, false)]
    [InlineData(UniversalTagNumber.BMPString, false)]
    [InlineData(UniversalTagNumber.UTF8String, true)]
    public async Task Nobody_asks_for_the_masters_group_in_any_form(UniversalTagNumber form, bool isSecond)
    {
        await using var server = await TestServer.StartAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.Add(new Oid("2.5.4.10"), "system:masters", form);
        var pem = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        if (isSecond)
            pem = new CertificateRequest("CN=jane", key, HashAlgorithmName.SHA256).CreateSigningRequestPem() + "\n" + pem;
        var refused = await CheckAsync(
            server, HttpMethod.Post, "",
            $$$"""
            {"metadata":{"name":"a"},"spec":{"request":"{{{Pem(pem)}}}","signerName":"kubernetes.io/kube-apiserver-client","usages":["client auth"]} }
            """,
            HttpStatusCode.Forbidden);
        Assert.EndsWith("use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed", refused.GetString("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kubelet_asks_for_certificates_of_its_own_name_only()
    {
        await using var server = await TestServer.StartAsync();
        using var node = server.As(new UserInfo("system:node:n1", "system:nodes", "system:authenticated"));
        foreach (var (name, expected) in new[] { ("n1", HttpStatusCode.Created), ("n2", HttpStatusCode.Forbidden) })
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var pem = new CertificateRequest($"O=system:nodes,CN=system:node:{name}", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
            var (code, answer) = await TestServer.SendAsync(
                node, HttpMethod.Post, Requests,
                $$$"""
                {"metadata":{"name":"{{{name}}}"},"spec":{"request":"{{{Pem(pem)}}}","signerName":"kubernetes.io/kubelet-serving",
                "usages":["digital signature","server auth"]} }
                """);
            Assert.True(code == expected, answer.ToString());
            if (expected == HttpStatusCode.Forbidden)
                Assert.EndsWith("can only create a node CSR with CN=system:node:n1", answer.GetString("message"), StringComparison.Ordinal);
        }
    }

    private static async Task<ObjectValue> CheckAsync(
        TestServer server, HttpMethod method, string path, string? body = null, HttpStatusCode code = HttpStatusCode.OK, string type = "application/json")
    {
        var (given, answer) = await server.SendAsync(method, Requests + path, body, type);
        Assert.True(given == code, answer.ToString());
        return answer;
    }

    private static string Body(string name, string more = "")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = new CertificateRequest("CN=jane,O=dev", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        var encoded = Convert.ToBase64String(Encoding.ASCII.GetBytes(pem));
        return $$$"""
            {"metadata":{"name":"{{{name}}}","labels":{"test":"csr"}},"spec":{"request":"{{{encoded}}}",
            "signerName":"kubernetes.io/kube-apiserver-client","usages":["client auth"]{{{more}}} } }
            """;
    }

    private static string SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        using var certificate = new CertificateRequest("CN=jane", key, HashAlgorithmName.SHA256).CreateSelfSigned(now, now.AddDays(1));
        return certificate.ExportCertificatePem() + "\n";
    }

    private static string Pem(string pem) => Convert.ToBase64String(Encoding.ASCII.GetBytes(pem));
}
