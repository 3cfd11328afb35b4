using System.Net;
using Xunit;
using static Xebec.ApiServer.Tests.Admission.Policies.PolicyCluster;

namespace Xebec.ApiServer.Tests.Admission.Policies;

public sealed class PolicyParamTests
{
    // Secrets are what is checked, configmaps what it is checked with.
    private const string Spec = """
        {"paramKind":{"apiVersion":"v1","kind":"ConfigMap"},
         "matchConstraints":{"resourceRules":[{"operations":["CREATE"],"apiGroups":[""],"apiVersions":["v1"],"resources":["secrets"]}]},
         "validations":[{"expression":"object.metadata.name.startsWith(params.data.prefix)"}]}
        """;

    [Fact]
    public async Task Named_params_are_of_the_requests_namespace_or_the_one_given()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateConfigMapAsync("limits", """{"prefix":"a-"}""");
        await cluster.CreateConfigMapAsync("limits", """{"prefix":"b-"}""", "kube-public");
        await cluster.ValidateAsync(Spec, """ "validationActions":["Deny"],"paramRef":{"name":"limits","parameterNotFoundAction":"Deny"} """);
        await Expect(cluster, "default", "a-1", HttpStatusCode.Created);
        await Expect(cluster, "default", "b-1", HttpStatusCode.UnprocessableEntity);
        await Expect(cluster, "kube-public", "b-1", HttpStatusCode.Created);
    }

    [Fact]
    public async Task Selected_params_apply_one_by_one()
    {
        await using var cluster = await StartAsync();
        await cluster.SendAsync(
            HttpMethod.Post, "/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"one","labels":{"use":"yes"}},"data":{"prefix":"a"}}""");
        await cluster.SendAsync(
            HttpMethod.Post, "/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"two","labels":{"use":"yes"}},"data":{"prefix":"ab"}}""");
        await cluster.ValidateAsync(
            Spec,
            """ "validationActions":["Deny"],"paramRef":{"selector":{"matchLabels":{"use":"yes"}},"namespace":"default","parameterNotFoundAction":"Deny"} """);
        await Expect(cluster, "kube-public", "a-1", HttpStatusCode.UnprocessableEntity);
        await Expect(cluster, "kube-public", "ab-1", HttpStatusCode.Created);
    }

    [Fact]
    public async Task Missing_params_deny_or_are_allowed()
    {
        await using var cluster = await StartAsync();
        await cluster.ValidateAsync(Spec, """ "validationActions":["Deny"],"paramRef":{"name":"absent","parameterNotFoundAction":"Allow"} """);
        await Expect(cluster, "default", "one", HttpStatusCode.Created);
        await cluster.ValidateAsync(Spec, """ "validationActions":["Deny"],"paramRef":{"name":"absent","parameterNotFoundAction":"Deny"} """, "strict");
        var (code, body) = await CreateSecret(cluster, "default", "two");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.EndsWith(
            "ValidatingAdmissionPolicy 'strict' with binding 'strict-binding' denied request: failed to configure binding: " +
            "no params found for policy binding with `Deny` parameterNotFoundAction", body.GetString("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kind_that_is_not_served_can_not_be_a_param()
    {
        await using var cluster = await StartAsync();
        await cluster.ValidateAsync(
            Spec.Replace("\"v1\",\"kind\":\"ConfigMap\"", "\"rules.example.com/v1\",\"kind\":\"ReplicaLimit\"", StringComparison.Ordinal),
            """ "validationActions":["Deny"],"paramRef":{"name":"limits","parameterNotFoundAction":"Deny"} """);
        var (code, body) = await CreateSecret(cluster, "default", "one");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.EndsWith(
            "failed to find resource referenced by paramKind: 'rules.example.com/v1, Kind=ReplicaLimit'", body.GetString("message"), StringComparison.Ordinal);
    }

    private static async Task Expect(PolicyCluster cluster, string ns, string name, HttpStatusCode expected)
    {
        var (code, body) = await CreateSecret(cluster, ns, name);
        Assert.True(code == expected, body.ToString());
    }

    private static Task<(HttpStatusCode Code, ApiMachinery.Values.ObjectValue Body)> CreateSecret(PolicyCluster cluster, string ns, string name) =>
        cluster.SendAsync(HttpMethod.Post, $"/api/v1/namespaces/{ns}/secrets", $$$"""{"metadata":{"name":"{{{name}}}"}}""");
}
