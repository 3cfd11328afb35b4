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
    [InlineData("""{"auditAnnotations":[{"key":"k","valueExpression":"1"}]}""", "spec.auditAnnotations[0].valueExpression: Invalid value: \"1\": must evaluate to one of [string null]")]
    [InlineData("""{"matchConstraints":null,"validations":[{"expression":"true"}]}""", "spec.matchConstraints: Required value")]
    public async Task A_validating_policys_expressions_must_compile(string spec, string expected) =>
        await Refused("validatingadmissionpolicies", spec, expected);

    [Theory]
    [InlineData("""{"mutations":[{"patchType":"ApplyConfiguration","applyConfiguration":{"expression":"1"}}]}""", "spec.mutations[0].applyConfiguration.expression: Invalid value: \"1\": must evaluate to Object")]
    [InlineData("""{"mutations":[{"patchType":"JSONPatch","jsonPatch":{"expression":"Object{}"}}]}""", "spec.mutations[0].jsonPatch.expression: Invalid value: \"Object{}\": must evaluate to list(JSONPatch)")]
    [InlineData("""{"mutations":[{"patchType":"JSONPatch"}]}""", "spec.mutations[0].jsonPatch: Required value")]
    [InlineData("""{"mutations":[]}""", "spec.mutations: Required value")]
    public async Task A_mutating_policys_expressions_must_compile(string spec, string expected) =>
        await Refused("mutatingadmissionpolicies", spec, expected);

    [Theory]
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
