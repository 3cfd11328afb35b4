using System.Net;
using Xebec.ApiMachinery.Values;
using Xebec.Tests;
using Xunit;
using static Xebec.ApiServer.Tests.Admission.Policies.PolicyCluster;

namespace Xebec.ApiServer.Tests.Admission.Policies;

public sealed class ExpressionValidationTests
{
    private const string Webhook = """
        {"name":"a.example.com","clientConfig":{"url":"https://127.0.0.1/x"},"sideEffects":"None","admissionReviewVersions":["v1"],
         "matchConditions":[{"name":"m","expression":"EXPRESSION"}]}
        """;

    [Conformance("[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin] should reject mutating webhook configurations with invalid match conditions")]
    [Conformance("[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin] should reject validating webhook configurations with invalid match conditions")]
    [Theory]
    [InlineData("mutating", "object.a ==", "webhooks[0].matchConditions[0].expression: Invalid value: \"object.a ==\": compilation failed: ERROR: <input>:1:12:")]
    [InlineData("validating", "'text'", "webhooks[0].matchConditions[0].expression: Invalid value: \"'text'\": must evaluate to bool")]
    [InlineData("validating", "params.x", "undeclared reference to 'params'")]
    public async Task A_match_condition_of_a_webhook_must_compile(string kind, string expression, string expected)
    {
        await using var cluster = await StartAsync();
        var (code, body) = await cluster.SendAsync(
            HttpMethod.Post, $"{Registration}{kind}webhookconfigurations",
            $$"""{"metadata":{"name":"c"},"webhooks":[{{Webhook.Replace("EXPRESSION", expression, StringComparison.Ordinal)}}]}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Contains(expected, body.GetString("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"validations":[{"expression":"1 + 1"}]}""", "spec.validations[0].expression: Invalid value: \"1 + 1\": must evaluate to bool")]
    [InlineData("""{"validations":[{"expression":"true","messageExpression":"1"}]}""", "spec.validations[0].messageExpression: Invalid value: \"1\": must evaluate to string")]
    [InlineData("""{"variables":[{"name":"v","expression":"nothing"}],"validations":[{"expression":"true"}]}""", "spec.variables[0].expression: Invalid value: \"nothing\": compilation failed: ")]
    [InlineData("""{"variables":[{"name":"v","expression":"1"}],"validations":[{"expression":"variables.w == 1"}]}""", "undefined field 'w'")]
    [InlineData("""{"validations":[]}""", "spec.validations: Required value: validations or auditAnnotations must contain at least one item")]
    [InlineData("""{"validations":[{"expression":"true","reason":"Odd"}]}""", "spec.validations[0].reason: Unsupported value: \"Odd\"")]
    [InlineData("""{"auditAnnotations":[{"key":"k","valueExpression":"1"}]}""", "spec.auditAnnotations[0].valueExpression: Invalid value: \"1\": must evaluate to one of [string null_type]")]
    [InlineData("""{"matchConstraints":null,"validations":[{"expression":"true"}]}""", "spec.matchConstraints: Required value")]
    [InlineData("""{"validations":[{"expression":"object.data"}]}""", "spec.validations[0].expression: Invalid value: \"object.data\": must evaluate to bool")]
    [InlineData("""{"validations":[{"expression":"true","messageExpression":" "}]}""", "spec.validations[0].messageExpression: Invalid value: \" \": must be non-empty if specified")]
    [InlineData("""{"validations":[{"expression":"true","messageExpression":"string(authorizer)"}]}""", "undeclared reference to 'authorizer'")]
    [InlineData("""{"validations":[{"expression":"true","message":"a\nb"}]}""", "spec.validations[0].message: Invalid value: \"a\\nb\": message must not contain line breaks")]
    [InlineData("""{"validations":[{"expression":"true","reason":"Unauthorized"}]}""", "supported values: \"Forbidden\", \"Invalid\", \"RequestEntityTooLarge\"")]
    [InlineData("""{"variables":[{"name":"v","expression":"true"}],"matchConditions":[{"name":"m","expression":"variables.v"}],"validations":[{"expression":"true"}]}""", "spec.matchConditions[0].expression: Invalid value: \"variables.v\": compilation failed: ERROR: <input>:1:1: undeclared reference to 'variables'")]
    [InlineData("""{"auditAnnotations":[{"key":"k","valueExpression":"''"},{"key":"k","valueExpression":" "}]}""", "[spec.auditAnnotations[1].valueExpression: Required value: valueExpression is not specified, spec.auditAnnotations[1].key: Duplicate value: \"k\"]")]
    [InlineData("""{"auditAnnotations":[{"key":"k/x","valueExpression":"''"}]}""", "spec.auditAnnotations[0].key: Invalid value: \"p/k/x\": a qualified name must consist of alphanumeric characters")]
    [InlineData("""{"paramKind":{"apiVersion":"a/b/c","kind":"X_"},"validations":[{"expression":"true"}]}""", "spec.paramKind.apiVersion: Invalid value: \"a/b/c\": unexpected GroupVersion string: a/b/c")]
    [InlineData("""{"paramKind":{"apiVersion":"v1","kind":"X_"},"validations":[{"expression":"true"}]}""", "spec.paramKind.kind: Invalid value: \"X_\": may have mixed case, but should otherwise match: a DNS-1035 label must consist of")]
    [InlineData("""{"matchConstraints":{"resourceRules":[{"operations":["*"],"apiGroups":[""],"apiVersions":["*"],"resources":["pods/*","pods/log"]}]},"validations":[{"expression":"true"}]}""", "spec.matchConstraints.resourceRules[0].resources[1]: Invalid value: \"pods/log\": if 'pods/*' is present, must not specify pods/log")]
    [InlineData("""{"matchConstraints":{"matchPolicy":"Odd","resourceRules":[{"operations":["*"],"apiGroups":[""],"apiVersions":["*"],"resources":["*","pods"]}]},"validations":[{"expression":"true"}]}""", "spec.matchConstraints.resourceRules[0].resources: Invalid value: [\"*\",\"pods\"]: if '*' is present, must not specify other resources without subresources")]
    public async Task A_validating_policys_expressions_must_compile(string spec, string expected) =>
        await Refused("validatingadmissionpolicies", spec, expected);

    [Fact]
    public async Task An_expression_of_several_lines_needs_no_message()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateAsync(
            "validatingadmissionpolicies", "p", $$"""{"matchConstraints":{{ConfigMaps}},"validations":[{"expression":"true ||\nfalse"}]}""");
    }

    [Theory]
    [InlineData("""["v1","v1"]""", "webhooks[0].admissionReviewVersions[1]: Invalid value: \"v1\": duplicate version")]
    [InlineData("""["V1","v1"]""", "webhooks[0].admissionReviewVersions[0]: Invalid value: \"V1\": a DNS-1035 label must consist of")]
    public async Task The_review_versions_of_a_webhook_are_checked(string versions, string expected)
    {
        await using var cluster = await StartAsync();
        var webhook = Webhook.Replace("EXPRESSION", "namespaceObject == null", StringComparison.Ordinal).Replace("""["v1"]""", versions, StringComparison.Ordinal);
        var (code, body) = await cluster.SendAsync(
            HttpMethod.Post, Registration + "validatingwebhookconfigurations", $$"""{"metadata":{"name":"c"},"webhooks":[{{webhook}}]}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.EndsWith("invalid: " + expected, body.GetString("message")![..(body.GetString("message")!.IndexOf(expected, StringComparison.Ordinal) + expected.Length)], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"mutations":[{"patchType":"ApplyConfiguration","applyConfiguration":{"expression":"1"}}]}""", "spec.mutations[0].applyConfiguration.expression: Invalid value: \"1\": must evaluate to Object")]
    [InlineData("""{"mutations":[{"patchType":"JSONPatch","jsonPatch":{"expression":"Object{}"}}]}""", "spec.mutations[0].jsonPatch.expression: Invalid value: \"Object{}\": must evaluate to list(JSONPatch)")]
    [InlineData("""{"mutations":[{"patchType":"JSONPatch"}]}""", "spec.mutations[0].jsonPatch: Required value")]
    [InlineData("""{"mutations":[]}""", "spec.mutations: Required value")]
    public async Task A_mutating_policys_expressions_must_compile(string spec, string expected) =>
        await Refused("mutatingadmissionpolicies", spec, expected);

    [Theory]
    [InlineData("""{"policyName":"p","validationActions":[]}""", "spec.validationActions: Required value: at least one validation action is required")]
    [InlineData("""{"policyName":"p","validationActions":["Deny","Warn"]}""", "must not contain both Deny and Warn")]
    [InlineData("""{"policyName":"p","validationActions":["Deny"],"paramRef":{"parameterNotFoundAction":"Deny"}}""", "one of name or selector must be specified")]
    [InlineData("""{"policyName":"p","validationActions":["Deny"],"paramRef":{"name":"n"}}""", "spec.paramRef.parameterNotFoundAction: Required value")]
    public async Task A_binding_is_checked(string spec, string expected)
    {
        await using var cluster = await StartAsync();
        var (code, body) = await cluster.SendAsync(
            HttpMethod.Post, Registration + "validatingadmissionpolicybindings", $$"""{"metadata":{"name":"b"},"spec":{{spec}}}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Contains(expected, body.GetString("message"), StringComparison.Ordinal);
    }

    private static async Task Refused(string plural, string spec, string expected)
    {
        await using var cluster = await StartAsync();
        var tree = (ObjectValue)Value.Parse(spec);
        if (!tree.ContainsKey("matchConstraints"))
            tree["matchConstraints"] = Value.Parse(ConfigMaps);
        if (plural.StartsWith("mutating", StringComparison.Ordinal))
            tree["reinvocationPolicy"] = "Never";
        var (code, body) = await cluster.SendAsync(HttpMethod.Post, Registration + plural, $$"""{"metadata":{"name":"p"},"spec":{{tree}}}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Contains(expected, body.GetString("message"), StringComparison.Ordinal);
    }
}
