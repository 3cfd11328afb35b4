using System.Net;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Structural;
using Xebec.ApiMachinery.Values;
using Xebec.Tests;

namespace Xebec.ApiServer.Tests.CustomResources;

public sealed class ValidationTests
{
    private const string Spec = """
        {"type":"object","required":["cronSpec"],"properties":{
          "cronSpec":{"type":"string","pattern":"^(\\d+|\\*)$","maxLength":5},
          "replicas":{"type":"integer","minimum":1,"maximum":10,"default":1},
          "port":{"x-kubernetes-int-or-string":true},
          "mode":{"type":"string","enum":["Fast","Slow"]},
          "note":{"type":"string","nullable":true},
          "when":{"type":"string","format":"date-time"},
          "names":{"type":"array","items":{"type":"string"},"x-kubernetes-list-type":"set","maxItems":3},
          "ports":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],
            "items":{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"number":{"type":"integer"},
              "protocol":{"type":"string","default":"TCP"}}}},
          "either":{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"oneOf":[{"required":["a"]},{"required":["b"]}]},
          "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true},
          "template":{"type":"object","x-kubernetes-embedded-resource":true,"x-kubernetes-preserve-unknown-fields":true}}}
        """;

    [Theory]
    [InlineData("""{"cronSpec":"*","replicas":"two"}""", "spec.replicas: Invalid value: \"string\": spec.replicas in body must be of type integer: \"string\"")]
    [InlineData("""{"cronSpec":"x"}""", "spec.cronSpec: Invalid value: \"x\": spec.cronSpec in body should match '^(\\d+|\\*)$'")]
    [InlineData("""{"cronSpec":"123456"}""", "spec.cronSpec: Too long: may not be more than 5 bytes")]
    [InlineData("""{}""", "spec.cronSpec: Required value")]
    [InlineData("""{"cronSpec":"*","replicas":0}""", "spec.replicas: Invalid value: 0: spec.replicas in body should be greater than or equal to 1")]
    [InlineData("""{"cronSpec":"*","replicas":11}""", "spec.replicas: Invalid value: 11: spec.replicas in body should be less than or equal to 10")]
    [InlineData("""{"cronSpec":"*","mode":"x"}""", "spec.mode: Unsupported value: \"x\": supported values: \"Fast\", \"Slow\"")]
    [InlineData("""{"cronSpec":"*","when":"x"}""", "spec.when: Invalid value: \"x\": spec.when in body must be of type date-time: \"x\"")]
    [InlineData("""{"cronSpec":"*","port":true}""", "spec.port: Invalid value: \"boolean\": spec.port in body must be of type integer,string: \"boolean\"")]
    [InlineData("""{"cronSpec":"*","names":["a","b","a"]}""", "spec.names[2]: Duplicate value: \"a\"")]
    [InlineData("""{"cronSpec":"*","names":["a","b","c","d"]}""", "spec.names: Too many: 4: must have at most 3 items")]
    [InlineData("""{"cronSpec":"*","ports":[{"name":"a"},{"name":"a"}]}""", "spec.ports[1]: Duplicate value: {\"name\":\"a\"}")]
    [InlineData("""{"cronSpec":"*","template":{"x":1}}""", "[spec.template.apiVersion: Required value: must not be empty, spec.template.kind: Required value: must not be empty]")]
    [InlineData("""{"cronSpec":"*","either":{"a":"","b":""}}""", "<nil>: Invalid value: \"\": \"spec.either\" must validate one and only one schema (oneOf). Found 2 valid alternatives")]
    public async Task What_breaks_the_schema_is_refused_in_upstreams_words(string spec, string message)
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition(Spec));
        var (code, body) = await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("one", $"\"spec\":{spec}"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Equal($"CronTab.stable.example.com \"one\" is invalid: {message}", CronTabs.Message(body));
    }

    [Fact]
    public void What_did_not_change_fits_no_alternative_that_it_did_not_fit()
    {
        var schema = StructuralReader.Read((ObjectValue)Value.Parse("""
            {"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}},
            "oneOf":[{"properties":{"a":{"maximum":5}}},{"properties":{"a":{"minimum":6}}}]}
            """));
        var errors = new List<FieldError>();
        SchemaValidation.CheckUpdate((ObjectValue)Value.Parse("""{"a":1,"b":2}"""), (ObjectValue)Value.Parse("""{"a":1,"b":1}"""), schema, errors);
        Assert.Empty(errors);
    }

    [Fact]
    [Conformance("[sig-api-machinery] CustomResourceDefinition resources [Privileged:ClusterAdmin] custom resource defaulting for requests and from storage works")]
    public async Task Absent_fields_and_wrong_nulls_get_their_defaults()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition(Spec));
        const string Given = """{"cronSpec":"*","replicas":null,"mode":null,"note":null,"ports":[{"name":"a","x":1}],"free":{"z":{"y":1}},"port":1}""";
        var (_, created) = await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("one", $"\"spec\":{Given}"));
        Assert.Equal(
            """{"cronSpec":"*","free":{"z":{"y":1}},"note":null,"port":1,"ports":[{"name":"a","protocol":"TCP"}],"replicas":1}""",
            created["spec"]?.ToString());
    }

    [Fact]
    public async Task Unknown_and_repeated_fields_are_refused_when_asked_for()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition(Spec));
        var (code, body) = await server.SendAsync(
            HttpMethod.Post, CronTabs.Path + "?fieldValidation=Strict", CronTabs.Object("one", """ "spec":{"cronSpec":"*","cronSpec":"*","foo":1} """));
        Assert.Equal(HttpStatusCode.BadRequest, code);
        Assert.Equal("CronTab in version \"v1\" cannot be handled as a CronTab: strict decoding error: duplicate field \"spec.cronSpec\", unknown field \"spec.foo\"", CronTabs.Message(body));
    }

    [Fact]
    public async Task Values_that_did_not_change_are_not_held_against_an_update()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition("""{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}}"""));
        await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("one", """ "spec":{"a":"long","b":"x"} """));
        await RedefineAsync(server, """{"type":"object","properties":{"a":{"type":"string","maxLength":1},"b":{"type":"string"}}}""");
        var (kept, body) = await MergeAsync(server, """{"spec":{"b":"y"}}""");
        Assert.True(kept == HttpStatusCode.OK, body.ToString());
        var (changed, _) = await MergeAsync(server, """{"spec":{"a":"longer"}}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, changed);
    }

    [Fact]
    [Conformance("[sig-api-machinery] CustomResourceDefinition resources [Privileged:ClusterAdmin] custom resource defaulting for requests and from storage works")]
    public async Task Objects_stored_under_an_older_schema_are_read_by_the_new_one()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition("""{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}}"""));
        await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("one", """ "spec":{"a":"x","b":"y"} """));
        await RedefineAsync(server, """{"type":"object","properties":{"b":{"type":"string"},"c":{"type":"integer","default":7}}}""");
        var (_, item) = await server.SendAsync(HttpMethod.Get, CronTabs.Path + "/one");
        Assert.Equal("""{"b":"y","c":7}""", item["spec"]!.ToString());
    }

    [Fact]
    public async Task Rules_compare_and_speak_for_themselves()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition("""
            {"type":"object","properties":{"min":{"type":"integer"},"max":{"type":"integer"},"name":{"type":"string","maxLength":9,
               "x-kubernetes-validations":[{"rule":"self == oldSelf","message":"name is immutable"}]}},
             "x-kubernetes-validations":[{"rule":"self.min <= self.max","messageExpression":"self.name + ' has min above max'"},
               {"rule":"self.max < 100","reason":"FieldValueForbidden","fieldPath":".max"}]}
            """));
        var (_, low) = await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("a", """ "spec":{"min":2,"max":1,"name":"x"} """));
        Assert.Equal("CronTab.stable.example.com \"a\" is invalid: spec: Invalid value: \"object\": x has min above max", CronTabs.Message(low));
        var (_, high) = await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("a", """ "spec":{"min":2,"max":100,"name":"x"} """));
        Assert.Equal("CronTab.stable.example.com \"a\" is invalid: spec.max: Forbidden: failed rule: self.max < 100", CronTabs.Message(high));
        var (created, _) = await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("one", """ "spec":{"min":2,"max":9,"name":"x"} """));
        Assert.Equal(HttpStatusCode.Created, created);
        var (_, renamed) = await MergeAsync(server, """{"spec":{"name":"y"}}""");
        Assert.Equal("CronTab.stable.example.com \"one\" is invalid: spec.name: Invalid value: \"string\": name is immutable", CronTabs.Message(renamed));
    }

    // The example of messageExpression in Kubernetes' documentation.
    [Fact]
    public async Task A_message_may_show_a_number()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition("""
            {"type":"object","properties":{"x":{"type":"integer"},"maxLimit":{"type":"integer"}},
             "x-kubernetes-validations":[{"rule":"self.x <= self.maxLimit","messageExpression":"\"x exceeded max limit of \" + string(self.maxLimit)"}]}
            """));
        var (_, refused) = await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("a", """ "spec":{"x":4,"maxLimit":3} """));
        Assert.EndsWith("x exceeded max limit of 3", CronTabs.Message(refused));
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{}}}""", "properties[spec].properties[a].type: Required value: must not be empty for specified object fields")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer","default":"x"}}}""", "properties[spec].properties[a].default: Invalid value: \"string\"")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"text"}}}""", "properties[spec].properties[a].type: Unsupported value: \"text\"")]
    [InlineData("""{"type":"object","x-kubernetes-validations":[{"rule":"self.nope"}]}""", "OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:5: undefined field 'nope'")]
    [InlineData("""{"type":"object","x-kubernetes-validations":[{"rule":"1"}]}""", "cel expression must evaluate to a bool")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","items":{"type":"array","items":{"type":"string"}},"x-kubernetes-validations":[{"rule":"self.all(x, self.all(y, x == y))"}]}}}""", "estimated rule cost exceeds budget by factor of more than 100x")]
    public async Task Definitions_that_upstream_refuses_are_refused(string specSchema, string message)
    {
        await using var server = await TestServer.StartAsync();
        var (code, body) = await server.SendAsync(HttpMethod.Post, CronTabs.DefinitionsPath, CronTabs.Definition(specSchema));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Contains(message, CronTabs.Message(body), StringComparison.Ordinal);
    }

    private static Task<(HttpStatusCode Code, ObjectValue Body)> MergeAsync(TestServer server, string patch) =>
        server.SendAsync(HttpMethod.Patch, CronTabs.Path + "/one", patch, "application/merge-patch+json");

    // A watch on the resource ends when its definition has changed, so that what follows is served by the new one.
    private static async Task RedefineAsync(TestServer server, string specSchema)
    {
        await using var watch = await WatchLines.OpenAsync(server.Http, CronTabs.Path + "?watch=true&resourceVersion=0&sendInitialEvents=false&resourceVersionMatch=NotOlderThan");
        var definition = ((ObjectValue)Value.Parse(CronTabs.Definition(specSchema)))["spec"]!;
        var (code, body) = await server.SendAsync(
            HttpMethod.Patch, CronTabs.DefinitionPath, new ObjectValue { ["spec"] = definition }.ToString(), "application/merge-patch+json");
        Assert.True(code == HttpStatusCode.OK, body.ToString());
        await watch.EndAsync();
    }
}
