using System.Net;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.CustomResources;

/// <summary>What definitions may not say, in upstream's words and at the paths of its internal type.</summary>
public sealed class DefinitionRulesTests
{
    private const string Rule = "spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0]";

    // Below properties[spec] of the only version's schema.
    [Theory]
    [InlineData("""{"type":"array"}""", "spec.validation.openAPIV3Schema.properties[spec].items: Required value: must be specified")]
    [InlineData(
        """{"type":"object","properties":{"a":{"x-kubernetes-int-or-string":true,"anyOf":[{"type":"string"},{"type":"integer"}]}}}""",
        "spec.validation.openAPIV3Schema.properties[spec].properties[a].anyOf[0].type: Forbidden: must be empty to be structural",
        "spec.validation.openAPIV3Schema.properties[spec].properties[a].anyOf[1].type: Forbidden: must be empty to be structural")]
    [InlineData(
        """{"type":"object","anyOf":[{"properties":{"metadata":{}}}],"properties":{"metadata":{"type":"object"}}}""",
        "spec.validation.openAPIV3Schema.properties[spec].anyOf[0].properties[metadata]: Forbidden: must not be specified in a nested context")]
    [InlineData(
        """{"type":"object","allOf":[{"x-kubernetes-validations":[{"rule":"true"}]}]}""",
        "spec.validation.openAPIV3Schema.properties[spec].allOf[0].x-kubernetes-validations: Forbidden: must be empty to be structural")]
    [InlineData(
        """{"type":"object","x-kubernetes-preserve-unknown-fields":true,"not":{"properties":{"a":{}}}}""",
        "spec.validation.openAPIV3Schema.properties[spec].properties[a]: Required value: because it is defined in spec.validation.openAPIV3Schema.properties[spec].not.properties[a]")]
    [InlineData(
        """{"type":"object","x-kubernetes-preserve-unknown-fields":false}""",
        "spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-preserve-unknown-fields: Invalid value: false: must be true or undefined")]
    [InlineData(
        """{"type":"object","properties":{"l":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["a","a"],"items":{"type":"object","nullable":true,"properties":{"a":{"type":"string","nullable":true,"default":"x"}}}}}}""",
        "spec.validation.openAPIV3Schema.properties[spec].properties[l].items.properties[a].nullable: Forbidden: this property is in x-kubernetes-list-map-keys, so it cannot be nullable",
        "spec.validation.openAPIV3Schema.properties[spec].properties[l].x-kubernetes-list-map-keys: Invalid value: [\"a\",\"a\"]: must not contain duplicate entries",
        "spec.validation.openAPIV3Schema.properties[spec].properties[l].items.nullable: Forbidden: cannot be nullable when x-kubernetes-list-type is map")]
    [InlineData(
        """{"type":"object","properties":{"l":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"object"}}}}""",
        "spec.validation.openAPIV3Schema.properties[spec].properties[l].items.x-kubernetes-map-type: Invalid value: null: must be atomic as item of a list with x-kubernetes-list-type=set")]
    [InlineData(
        """{"type":"object","x-kubernetes-embedded-resource":true,"properties":{"metadata":{"type":"object","additionalProperties":{"type":"string","default":"x"}}}}""",
        "spec.validation.openAPIV3Schema.properties[spec].properties[metadata].additionalProperties.default: Forbidden: must not be set inside additionalProperties applying to object metadata")]
    [InlineData("""{"type":"object","x-kubernetes-validations":[{"rule":" "}]}""", Rule + ".rule: Required value: rule is not specified")]
    [InlineData("""{"type":"object","x-kubernetes-validations":[{"rule":"true","message":" "}]}""", Rule + ".message: Invalid value: \" \": message must be non-empty if specified")]
    [InlineData("""{"type":"object","x-kubernetes-validations":[{"rule":"true","message":"a\nb"}]}""", Rule + ".message: Invalid value: \"a\\nb\": message must not contain line breaks")]
    [InlineData("""{"type":"object","x-kubernetes-validations":[{"rule":"true ||\ntrue"}]}""", Rule + ".message: Required value: message must be specified if rule contains line breaks")]
    [InlineData("""{"type":"object","x-kubernetes-validations":[{"rule":"true","messageExpression":" "}]}""", Rule + ".messageExpression: Required value: messageExpression must be non-empty if specified")]
    [InlineData("""{"type":"object","x-kubernetes-validations":[{"rule":"true","reason":"X"}]}""", Rule + ".reason: Unsupported value: \"X\": supported values: \"FieldValueDuplicate\", \"FieldValueForbidden\", \"FieldValueInvalid\", \"FieldValueRequired\"")]
    [InlineData("""{"type":"object","x-kubernetes-validations":[{"rule":"true","fieldPath":".nope"}]}""", Rule + ".fieldPath: Invalid value: \".nope\": fieldPath must be a valid path")]
    [InlineData("""{"type":"object","x-kubernetes-validations":[{"rule":"true","optionalOldSelf":false}]}""", Rule + ".optionalOldSelf: Invalid value: false: may not be set if oldSelf is not used in rule")]
    [InlineData(
        """{"type":"object","x-kubernetes-validations":[{"rule":"self.a","message":"no"}],"properties":{"a":{"x-kubernetes-int-or-string":true}}}""",
        Rule + ".rule: Invalid value: {\"Rule\":\"self.a\",\"Message\":\"no\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: cel expression must evaluate to a bool")]
    [InlineData(
        """{"x-kubernetes-preserve-unknown-fields":true,"x-kubernetes-validations":[{"rule":"true"}]}""",
        "spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations: Internal error: internal error: failed to retrieve type information for x-kubernetes-validations")]
    [InlineData(
        """{"type":"object","default":{"n":3},"properties":{"n":{"type":"integer","x-kubernetes-validations":[{"rule":"self < 3"}]}}}""",
        "spec.validation.openAPIV3Schema.properties[spec].default.n: Invalid value: \"integer\": failed rule: self < 3")]
    public Task Schemas_are_refused(string specSchema, params string[] messages) => RefusedAsync(CronTabs.Definition(specSchema), messages);

    // Beside the schema of the only version.
    [Theory]
    [InlineData(
        ""","additionalPrinterColumns":[{"name":"","type":"text","jsonPath":"spec","format":"x"}]""",
        "spec.additionalPrinterColumns[0].name: Required value",
        "spec.additionalPrinterColumns[0].type: Invalid value: \"text\": must be one of boolean,date,integer,number,string",
        "spec.additionalPrinterColumns[0].format: Invalid value: \"x\": must be one of byte,date,date-time,double,float,int32,int64,password",
        "spec.additionalPrinterColumns[0].JSONPath: Invalid value: \"spec\": must be a simple json path starting with .")]
    [InlineData(
        ""","subresources":{"scale":{"specReplicasPath":".status.x","statusReplicasPath":""}}""",
        "spec.subresources.scale.specReplicasPath: Invalid value: \".status.x\": should be a json path under .spec",
        "spec.subresources.scale.statusReplicasPath: Required value")]
    [InlineData(
        ""","selectableFields":[{"jsonPath":".spec.nope"},{"jsonPath":"spec"},{"jsonPath":".spec['a']"},{"jsonPath":".spec"},{"jsonPath":".spec.a"},{"jsonPath":".spec.a"}]""",
        "spec.selectableFields[0].jsonPath: Invalid value: \".spec.nope\": is an invalid path: does not refer to a valid field",
        "spec.selectableFields[1].jsonPath: Invalid value: \"spec\": is an invalid path: expected [ or . but got: spec",
        "spec.selectableFields[2].jsonPath: Invalid value: \".spec['a']\": is an invalid path: array notation is not allowed",
        "spec.selectableFields[3].jsonPath: Invalid value: \".spec\": must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.",
        "spec.selectableFields[5].jsonPath: Duplicate value: \".spec.a\"")]
    [InlineData(""","deprecationWarning":"x" """, "spec.versions[0].deprecationWarning: Invalid value: \"x\": can only be set for deprecated versions")]
    [InlineData(""","deprecated":true,"deprecationWarning":"" """, "spec.versions[0].deprecationWarning: Invalid value: \"\": must not be an empty string")]
    [InlineData(
        ""","deprecated":true,"deprecationWarning":"é\n" """,
        "spec.versions[0].deprecationWarning: Invalid value: \"é\\n\": must only contain printable UTF-8 characters; non-printable character found at index 2")]
    public Task Versions_are_refused(string extras, params string[] messages) =>
        RefusedAsync(CronTabs.Definition("""{"type":"object","properties":{"a":{"type":"string"}}}""", extras), messages);

    [Theory]
    [InlineData("status", """{"status":{}}""", "subresources")]
    [InlineData("nullable", "true", "schema/openAPIV3Schema/nullable")]
    public async Task The_root_says_nothing_that_a_status_would_lose(string what, string value, string at)
    {
        var definition = (ObjectValue)Value.Parse(CronTabs.Definition("""{"type":"object"}"""));
        var version = definition.GetObject("spec")!.GetList("versions")![0].AsObject()!;
        var schema = version.GetObject("schema")!.GetObject("openAPIV3Schema")!;
        if (at == "subresources")
            (version[at], schema["oneOf"]) = (Value.Parse(value), Value.Parse("""[{"required":["spec"]}]"""));
        else
            schema["nullable"] = Value.Parse(value);
        var (code, body) = await PostAsync(definition.ToString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Contains(
            what == "status"
                ? "only [Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern MaxItems MinItems UniqueItems "
                    + "MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields XValidations] fields are allowed at the root of the schema "
                    + "if the status subresource is enabled"
                : "spec.validation.openAPIV3Schema.nullable: Forbidden: nullable cannot be true at the root",
            CronTabs.Message(body),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"object","description":"x"}""", "spec.validation.openAPIV3Schema.properties[metadata]: Forbidden: must not specify anything other than name and generateName, but metadata is implicitly specified")]
    [InlineData("""{"type":"object","default":{}}""", "spec.validation.openAPIV3Schema.properties[metadata].default: Forbidden: must not be set in top-level metadata")]
    public async Task The_metadata_of_the_resource_is_not_the_schemas_to_declare(string metadata, string message)
    {
        var definition = (ObjectValue)Value.Parse(CronTabs.Definition("""{"type":"object"}"""));
        definition.GetObject("spec")!.GetList("versions")![0].AsObject()!.GetObject("schema")!.GetObject("openAPIV3Schema")!.GetObject("properties")!["metadata"] =
            Value.Parse(metadata);
        await RefusedAsync(definition.ToString(), message);
    }

    [Theory]
    [InlineData("""{"strategy":"None","webhook":{"conversionReviewVersions":["v1"]}}""", "spec.conversion.conversionReviewVersions: Forbidden: should not be set when strategy is not set to Webhook")]
    [InlineData(
        """{"strategy":"Webhook","webhook":{"conversionReviewVersions":["v9","v9"]}}""",
        "spec.conversion.webhookClientConfig: Required value: required when strategy is set to Webhook",
        "spec.conversion.conversionReviewVersions[1]: Invalid value: \"v9\": duplicate version",
        "spec.conversion.conversionReviewVersions: Invalid value: [\"v9\",\"v9\"]: must include at least one of v1, v1beta1")]
    public async Task Conversions_are_refused(string conversion, params string[] messages)
    {
        var definition = (ObjectValue)Value.Parse(CronTabs.Definition("""{"type":"object"}"""));
        definition.GetObject("spec")!["conversion"] = Value.Parse(conversion);
        await RefusedAsync(definition.ToString(), messages);
    }

    [Fact]
    public async Task What_versions_say_differently_is_named_by_version()
    {
        var definition = (ObjectValue)Value.Parse(CronTabs.Definition("""{"type":"array"}"""));
        var versions = definition.GetObject("spec")!.GetList("versions")!;
        versions.Add(Value.Parse("""{"name":"v2","served":true,"storage":false,"schema":{"openAPIV3Schema":{"type":"object"}}}"""));
        await RefusedAsync(definition.ToString(), "spec.versions[0].schema.openAPIV3Schema.properties[spec].items: Required value: must be specified");
    }

    [Fact]
    public async Task A_version_that_may_still_be_stored_stays_declared()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition("""{"type":"object"}"""));
        var (code, body) = await server.SendAsync(
            HttpMethod.Patch, CronTabs.DefinitionPath, """[{"op":"replace","path":"/spec/versions/0/name","value":"v2"}]""", "application/json-patch+json");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Contains(
            "status.storedVersions[0]: Invalid value: \"v1\": missing from spec.versions; v1 was previously a storage version, and must remain in spec.versions "
            + "until a storage migration ensures no data remains persisted in v1 and removes v1 from status.storedVersions",
            CronTabs.Message(body),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_established_definition_keeps_readable_certificates()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition("""{"type":"object"}"""));
        const string Patch = """
            {"spec":{"conversion":{"strategy":"Webhook","webhook":{"conversionReviewVersions":["v1"],
             "clientConfig":{"url":"https://127.0.0.1/convert","caBundle":"bm9uZQ=="}}}}}
            """;
        var (code, body) = await server.SendAsync(HttpMethod.Patch, CronTabs.DefinitionPath, Patch, "application/merge-patch+json");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.EndsWith(
            "spec.conversion.webhookClientConfig.caBundle: Invalid value: \"bm9uZQ==\": unable to load root certificates: "
            + "data does not contain any valid RSA or ECDSA certificates",
            CronTabs.Message(body),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_all_rules_together_may_cost_names_the_most_expensive_ones()
    {
        const string Costly = """{"type":"array","maxItems":1000,"items":{"type":"string","maxLength":200},"x-kubernetes-validations":[{"rule":"self.all(x, self.exists(y, x == y))"}]}""";
        var properties = string.Join(',', Enumerable.Range(0, 30).Select(i => $"\"p{i}\":{Costly}"));
        var (code, body) = await PostAsync(CronTabs.Definition("{\"type\":\"object\",\"properties\":{" + properties + "}}"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        var causes = body.GetObject("details")!.GetList("causes")!.Select(c => c.AsObject()!.GetString("message")!).ToArray();
        Assert.Equal(4, causes.Count(c => c == "Forbidden: contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema"));
        Assert.Contains(causes, c => c.StartsWith("Forbidden: x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema exceeds budget by factor of ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_may_not_cost_more_than_a_rule()
    {
        const string Schema = """
            {"type":"object","properties":{"a":{"type":"array","items":{"type":"string"}}},
             "x-kubernetes-validations":[{"rule":"true","messageExpression":"self.a.map(x, self.a.exists(y, y == x) ? 'y' : 'n')[0]"}]}
            """;
        var (_, body) = await PostAsync(CronTabs.Definition(Schema));
        Assert.Contains(
            Rule + ".messageExpression: Forbidden: estimated messageExpression cost exceeds budget by factor of more than 100x (try simplifying the rule, or adding "
            + "maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)",
            CronTabs.Message(body),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Required value: protected groups must have approval annotation \"api-approved.kubernetes.io\", see https://github.com/kubernetes/enhancements/pull/1111")]
    [InlineData("maybe", "Invalid value: \"maybe\": protected groups must have approval annotation \"api-approved.kubernetes.io\" with either a URL or a reason starting with \"unapproved\", see https://github.com/kubernetes/enhancements/pull/1111")]
    public async Task The_communitys_groups_need_its_approval(string? annotation, string message)
    {
        var definition = (ObjectValue)Value.Parse(CronTabs.Definition("""{"type":"object"}""").Replace("stable.example.com", "stable.k8s.io", StringComparison.Ordinal));
        if (annotation is not null)
            definition.GetObject("metadata")!["annotations"] = new ObjectValue { ["api-approved.kubernetes.io"] = annotation };
        var (_, body) = await PostAsync(definition.ToString());
        Assert.EndsWith($"metadata.annotations[api-approved.kubernetes.io]: {message}", CronTabs.Message(body), StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(string definition, params string[] messages)
    {
        var (code, body) = await PostAsync(definition);
        Assert.True(code == HttpStatusCode.UnprocessableEntity, body.ToString());
        var all = messages.Length == 1 ? messages[0] : $"[{string.Join(", ", messages)}]";
        Assert.Equal($"CustomResourceDefinition.apiextensions.k8s.io \"crontabs.stable.example.com\" is invalid: {all}", CronTabs.Message(body));
    }

    private static async Task<(HttpStatusCode Code, ObjectValue Body)> PostAsync(string definition)
    {
        await using var server = await TestServer.StartAsync();
        return await server.SendAsync(HttpMethod.Post, CronTabs.DefinitionsPath, definition);
    }

    [Fact]
    public async Task What_only_a_later_version_has_wrong_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        var definition = (ObjectValue)Value.Parse(TwoVersions.Definition("""{"type":"object","properties":{"color":{"type":"string"}}}"""));
        var versions = definition.GetObject("spec")!.GetList("versions")!;
        foreach (var version in versions.Cast<ObjectValue>())
            version["selectableFields"] = Value.Parse("""[{"jsonPath":".spec.color"}]""");
        ((ObjectValue)versions[1])["schema"] = Value.Parse("""{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object"}}}}""");
        var (code, answer) = await server.SendAsync(
            HttpMethod.Post, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition.ToString());
        Assert.True(code == HttpStatusCode.UnprocessableEntity, answer.ToString());
        Assert.Contains("spec.versions[1].selectableFields[0]", answer.GetString("message"));
    }
}
