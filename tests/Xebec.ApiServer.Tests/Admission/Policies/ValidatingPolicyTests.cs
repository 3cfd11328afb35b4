using System.Net;
using Xebec.ApiServer.Authentication;
using Xebec.Tests;
using Xunit;
using static Xebec.ApiServer.Tests.Admission.Policies.PolicyCluster;

namespace Xebec.ApiServer.Tests.Admission.Policies;

public sealed class ValidatingPolicyTests
{
    private const string Deployment = """
        {"metadata":{"name":"d"},"spec":{"replicas":REPLICAS,"selector":{"matchLabels":{"a":"b"}},
         "template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Conformance("[sig-api-machinery] ValidatingAdmissionPolicy [Privileged:ClusterAdmin] should validate against a Deployment")]
    [Fact]
    public async Task A_validation_that_does_not_hold_denies_in_upstreams_words()
    {
        await using var cluster = await StartAsync();
        await cluster.ValidateAsync("""
            {"matchConstraints":{"resourceRules":[{"operations":["CREATE"],"apiGroups":["apps"],"apiVersions":["v1"],"resources":["deployments"]}]},
             "validations":[{"expression":"object.spec.replicas <= 5"}]}
            """);
        var (code, body) = await cluster.SendAsync(
            HttpMethod.Post, "/apis/apps/v1/namespaces/default/deployments", Deployment.Replace("REPLICAS", "6", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Equal("Invalid", body.GetString("reason"));
        const string Denied = "ValidatingAdmissionPolicy 'check' with binding 'check-binding' denied request: failed expression: object.spec.replicas <= 5";
        Assert.Equal($"deployments.apps \"d\" is forbidden: {Denied}", body.GetString("message"));
        Assert.Equal($$"""{"name":"d","group":"apps","kind":"deployments","causes":[{"message":"{{Denied}}"}]}""", body["details"]!.ToString());
        (code, _) = await cluster.SendAsync(
            HttpMethod.Post, "/apis/apps/v1/namespaces/default/deployments", Deployment.Replace("REPLICAS", "5", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Created, code);
    }

    [Theory]
    [InlineData("\"message\":\" too bad \"", "too bad")]
    [InlineData("\"messageExpression\":\"'no ' + object.metadata.name\",\"message\":\"unused\"", "no one")]
    [InlineData("\"messageExpression\":\"string(object.nothing)\",\"message\":\"instead\"", "instead")]
    [InlineData("\"messageExpression\":\"'a\\\\nb'\"", "failed expression: false")]
    public async Task A_message_is_computed_or_given(string message, string expected)
    {
        await using var cluster = await StartAsync();
        await cluster.ValidateAsync($$"""{"matchConstraints":{{ConfigMaps}},"validations":[{"expression":"false",{{message}}}]}""");
        var (_, body) = await cluster.CreateConfigMapAsync("one");
        Assert.EndsWith($"denied request: {expected}", body.GetString("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Forbidden", 403)]
    [InlineData("RequestEntityTooLarge", 413)]
    public async Task A_reason_has_its_code(string reason, int expected)
    {
        await using var cluster = await StartAsync();
        await cluster.ValidateAsync($$"""{"matchConstraints":{{ConfigMaps}},"validations":[{"expression":"false","reason":"{{reason}}"}]}""");
        var (code, body) = await cluster.CreateConfigMapAsync("one");
        Assert.Equal((expected, reason), ((int)code, body.GetString("reason")));
    }

    [Conformance("[sig-api-machinery] ValidatingAdmissionPolicy [Privileged:ClusterAdmin] should allow expressions to refer variables.")]
    [Fact]
    public async Task Variables_are_evaluated_when_they_are_needed_and_may_use_earlier_ones()
    {
        await using var cluster = await StartAsync();
        await cluster.ValidateAsync($$"""
            {"matchConstraints":{{ConfigMaps}},
             "variables":[{"name":"broken","expression":"object.nothing"},{"name":"count","expression":"size(object.data)"},
                          {"name":"isFine","expression":"variables.count > 1"}],
             "validations":[{"expression":"variables.isFine"}]}
            """);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await cluster.CreateConfigMapAsync("one", """{"a":"b"}""")).Code);
        Assert.Equal(HttpStatusCode.Created, (await cluster.CreateConfigMapAsync("two", """{"a":"b","c":"d"}""")).Code);
    }

    [Theory]
    [InlineData("Fail", HttpStatusCode.UnprocessableEntity)]
    [InlineData("Ignore", HttpStatusCode.Created)]
    public async Task What_can_not_be_evaluated_goes_by_the_failure_policy(string policy, HttpStatusCode expected)
    {
        await using var cluster = await StartAsync();
        await cluster.ValidateAsync(
            $$"""{"matchConstraints":{{ConfigMaps}},"failurePolicy":"{{policy}}","validations":[{"expression":"object.nothing == 1"}]}""");
        var (code, body) = await cluster.CreateConfigMapAsync("one");
        Assert.Equal(expected, code);
        if (policy == "Fail")
        {
            Assert.EndsWith(
                "denied request: expression 'object.nothing == 1' resulted in error: no such key: nothing", body.GetString("message"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Match_conditions_leave_requests_out()
    {
        await using var cluster = await StartAsync();
        await cluster.ValidateAsync($$"""
            {"matchConstraints":{{ConfigMaps}},"matchConditions":[{"name":"not-skipped","expression":"object.metadata.name != 'skipped'"}],
             "validations":[{"expression":"false"}]}
            """);
        Assert.Equal(HttpStatusCode.Created, (await cluster.CreateConfigMapAsync("skipped")).Code);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await cluster.CreateConfigMapAsync("one")).Code);
    }

    [Theory]
    [InlineData("request.operation == 'CREATE' && request.name == 'one' && request.namespace == 'default' && request.userInfo.username == 'admin'")]
    [InlineData("request.kind.kind == 'ConfigMap' && request.resource.resource == 'configmaps' && request.dryRun == false && oldObject == null")]
    [InlineData("'system:masters' in request.userInfo.groups && request.options.kind == 'CreateOptions'")]
    [InlineData("namespaceObject.metadata.name == 'default' && namespaceObject.status.phase == 'Active'")]
    [InlineData("authorizer.group('').resource('pods').namespace('default').check('create').allowed()")]
    [InlineData("!authorizer.serviceAccount('default', 'nobody').group('').resource('pods').namespace('default').check('create').allowed()")]
    [InlineData("authorizer.requestResource.check('create').allowed()")]
    [InlineData("authorizer.path('/healthz').check('get').allowed()")]
    [InlineData("object.metadata.?labels.hasValue() == false && !has(object.spec)")]
    public async Task Expressions_know_the_request(string expression)
    {
        await using var cluster = await StartAsync();
        await cluster.ValidateAsync($$"""{"matchConstraints":{{ConfigMaps}},"validations":[{"expression":"{{expression}}"}]}""");
        var (code, body) = await cluster.CreateConfigMapAsync("one");
        Assert.True(code == HttpStatusCode.Created, body.GetString("message"));
    }

    [Fact]
    public async Task A_user_without_the_right_is_not_allowed_by_the_authorizer()
    {
        await using var cluster = await StartAsync();
        await cluster.ValidateAsync(
            $$"""{"matchConstraints":{{ConfigMaps}},"validations":[{"expression":"authorizer.requestResource.check('breakGlass').allowed()"}]}""");
        await cluster.SendAsync(
            HttpMethod.Post, "/apis/rbac.authorization.k8s.io/v1/clusterroles",
            """{"metadata":{"name":"writer"},"rules":[{"apiGroups":[""],"resources":["configmaps"],"verbs":["create"]}]}""");
        await cluster.SendAsync(HttpMethod.Post, "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", """
            {"metadata":{"name":"writer"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"writer"},
             "subjects":[{"kind":"User","apiGroup":"rbac.authorization.k8s.io","name":"jane"}]}
            """);
        await cluster.SettleAsync();
        using var jane = cluster.Server.As(new UserInfo("jane", "system:authenticated"));
        var (code, _) = await TestServer.SendAsync(
            jane, HttpMethod.Post, "/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"one"}}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
    }

    [Fact]
    public async Task A_binding_may_warn_and_only_where_it_applies()
    {
        await using var cluster = await StartAsync();
        await cluster.SendAsync(HttpMethod.Post, "/api/v1/namespaces", """{"metadata":{"name":"watched","labels":{"watch":"yes"}}}""");
        await cluster.ValidateAsync(
            $$"""{"matchConstraints":{{ConfigMaps}},"validations":[{"expression":"false","message":"careful"}]}""",
            """ "validationActions":["Warn","Audit"],"matchResources":{"namespaceSelector":{"matchLabels":{"watch":"yes"}}} """);
        Assert.Empty(await WarningsAsync(cluster, "default"));
        Assert.Equal(
            ["299 - \"Validation failed for ValidatingAdmissionPolicy 'check' with binding 'check-binding': careful\""],
            await WarningsAsync(cluster, "watched"));
    }

    [Fact]
    public async Task Excluded_resources_and_named_ones_are_told_apart()
    {
        await using var cluster = await StartAsync();
        await cluster.ValidateAsync("""
            {"matchConstraints":{"resourceRules":[{"operations":["*"],"apiGroups":[""],"apiVersions":["*"],"resources":["*"]}],
              "excludeResourceRules":[{"operations":["*"],"apiGroups":[""],"apiVersions":["*"],"resources":["configmaps"],"resourceNames":["free"]}]},
             "validations":[{"expression":"false"}]}
            """);
        Assert.Equal(HttpStatusCode.Created, (await cluster.CreateConfigMapAsync("free")).Code);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await cluster.CreateConfigMapAsync("bound")).Code);
    }

    [Fact]
    public async Task A_delete_has_an_old_object_only()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateConfigMapAsync("kept", """{"keep":"yes"}""");
        await cluster.ValidateAsync($$"""
            {"matchConstraints":{{ConfigMaps}},
             "validations":[{"expression":"request.operation != 'DELETE' || (object == null && oldObject.data.keep != 'yes')"}]}
            """);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity, (await cluster.SendAsync(HttpMethod.Delete, "/api/v1/namespaces/default/configmaps/kept")).Code);
    }

    [Fact]
    public async Task Audit_annotations_that_fail_deny_when_the_policy_fails_closed()
    {
        await using var cluster = await StartAsync();
        await cluster.ValidateAsync(
            $$"""{"matchConstraints":{{ConfigMaps}},"auditAnnotations":[{"key":"k","valueExpression":"string(object.nothing)"}]}""",
            """ "validationActions":["Audit"] """);
        var (code, body) = await cluster.CreateConfigMapAsync("one");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Contains("expression 'string(object.nothing)' resulted in error: no such key: nothing", body.GetString("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_costs_too_much_is_stopped()
    {
        await using var cluster = await StartAsync();
        await cluster.ValidateAsync($$"""
            {"matchConstraints":{{ConfigMaps}},"validations":[{"expression":
             "object.data.all(a, object.data.all(b, object.data.all(c, object.data.all(d, a != b + c + d + 'x'))))"}]}
            """);
        var data = string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"k{i}\":\"v\""));
        var (code, body) = await cluster.CreateConfigMapAsync("one", $"{{{data}}}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Contains("cost", body.GetString("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policies_are_never_asked_about_policies()
    {
        await using var cluster = await StartAsync();
        await cluster.ValidateAsync("""
            {"matchConstraints":{"resourceRules":[{"operations":["*"],"apiGroups":["*"],"apiVersions":["*"],"resources":["*"]}]},
             "validations":[{"expression":"false"}]}
            """);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await cluster.CreateConfigMapAsync("one")).Code);
        Assert.Equal(HttpStatusCode.OK, (await cluster.SendAsync(HttpMethod.Delete, Registration + "validatingadmissionpolicies/check")).Code);
        await cluster.SettleAsync();
        Assert.Equal(HttpStatusCode.Created, (await cluster.CreateConfigMapAsync("one")).Code);
    }

    [Fact]
    public async Task The_checks_are_counted()
    {
        await using var cluster = await StartAsync();
        await cluster.ValidateAsync($$"""{"matchConstraints":{{ConfigMaps}},"validations":[{"expression":"false"}]}""");
        await cluster.CreateConfigMapAsync("one");
        Assert.Contains(
            "apiserver_validating_admission_policy_check_total{policy=\"check\",policy_binding=\"check-binding\",error_type=\"no_error\",enforcement_action=\"deny\"} 1",
            await cluster.Server.Http.GetStringAsync("/metrics", Cancelled), StringComparison.Ordinal);
    }

    private static async Task<string[]> WarningsAsync(PolicyCluster cluster, string ns)
    {
        using var body = new StringContent("""{"metadata":{"name":"one"}}""", null, "application/json");
        using var response = await cluster.Server.Http.PostAsync($"/api/v1/namespaces/{ns}/configmaps", body, Cancelled);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return response.Headers.TryGetValues("Warning", out var warnings) ? [.. warnings] : [];
    }
}
