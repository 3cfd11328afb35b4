using System.Net;
using Xebec.ApiServer.Tests.CustomResources;
using Xebec.Tests;

namespace Xebec.ApiServer.Tests.Conformance;

public sealed class CustomFieldValidationTests
{
    private const string Strict = "?fieldValidation=Strict&fieldManager=test";
    private const string Closed = """{"type":"object","properties":{"known":{"type":"string"},"number":{"type":"integer"}}}""";
    private const string Open = """{"type":"object","x-kubernetes-preserve-unknown-fields":true}""";

    private const string Embedding = """
        {"type":"object","properties":{
          "template":{"type":"object","x-kubernetes-embedded-resource":true,"x-kubernetes-preserve-unknown-fields":true},
          "list":{"type":"array","items":{"type":"object","x-kubernetes-embedded-resource":true,"x-kubernetes-preserve-unknown-fields":true} },
          "map":{"type":"object","additionalProperties":{"type":"object","x-kubernetes-embedded-resource":true,"x-kubernetes-preserve-unknown-fields":true} } } }
        """;

    private const string UnknownMetadata = """
        "spec":{"template":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","foo":1} },
          "list":[{"apiVersion":"v1","kind":"Pod"},{"apiVersion":"v1","kind":"Pod","metadata":{"ownerReferences":[{"bad":1}]} }],
          "map":{"k":{"apiVersion":"v1","kind":"Pod","metadata":{"foo":1} } } }
        """;

    private const string ApplyType = "application/apply-patch+yaml";

    private static readonly string[] UnknownPaths =
    [
        "metadata.unknownMeta", "spec.list[1].metadata.ownerReferences[0].bad", "spec.map.k.metadata.foo", "spec.template.metadata.foo",
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Conformance("[sig-api-machinery] FieldValidation should create/apply a valid CR for CRD with validation schema")]
    public async Task A_valid_object_passes_strict_validation(bool applies)
    {
        var (code, answer) = await WriteAsync(Closed, applies, """ "spec":{"known":"a","number":1} """);
        Assert.True(code == HttpStatusCode.Created, answer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Conformance("[sig-api-machinery] FieldValidation should create/apply a CR with unknown fields for CRD with no validation schema")]
    public async Task Unknown_fields_pass_where_the_schema_leaves_them_open(bool applies)
    {
        var (code, answer) = await WriteAsync(Open, applies, """ "spec":{"foo":"a","bar":{"b":1}} """);
        Assert.True(code == HttpStatusCode.Created, answer);
        Assert.Contains("\"bar\":{\"b\":1}", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Conformance("[sig-api-machinery] FieldValidation should create/apply an invalid CR with extra properties for CRD with validation schema")]
    public async Task Fields_that_the_schema_does_not_know_are_refused(bool applies)
    {
        var (code, answer) = await WriteAsync(Closed, applies, """ "spec":{"known":"a","extra":1} """);
        Assert.True(code is HttpStatusCode.BadRequest or HttpStatusCode.InternalServerError, answer);
        Assert.Contains(applies ? ".spec.extra: field not declared in schema" : "unknown field \\\"spec.extra\\\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    [Conformance("[sig-api-machinery] FieldValidation should detect duplicates in a CR when preserving unknown fields")]
    public async Task Repeated_fields_are_refused_also_where_unknown_ones_pass()
    {
        var (code, answer) = await WriteAsync(Open, applies: false, """ "spec":{"foo":"a","foo":"b"} """);
        Assert.True(code == HttpStatusCode.BadRequest, answer);
        Assert.Contains("duplicate field \\\"spec.foo\\\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repeated_fields_of_an_applied_configuration_are_refused()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition(Open));
        const string Config = "apiVersion: stable.example.com/v1\nkind: CronTab\nmetadata:\n  name: one\nspec:\n  foo: a\n  foo: b\n";
        var (code, answer) = await server.SendAsync(HttpMethod.Patch, CronTabs.Path + "/one" + Strict, Config, ApplyType);
        Assert.Equal(HttpStatusCode.BadRequest, code);
        Assert.EndsWith("line 7: key \"foo\" already set in map", CronTabs.Message(answer), StringComparison.Ordinal);
    }

    [Fact]
    [Conformance("[sig-api-machinery] FieldValidation should detect unknown metadata fields in both the root and embedded object of a CR")]
    public async Task Unknown_fields_in_metadata_are_refused_at_the_root_and_in_embedded_objects()
    {
        var (created, problem) = await WriteAsync(Embedding, applies: false, UnknownMetadata, """ ,"unknownMeta":1 """);
        Assert.True(created == HttpStatusCode.BadRequest, problem);
        foreach (var path in UnknownPaths)
            Assert.Contains($"unknown field \\\"{path}\\\"", problem, StringComparison.Ordinal);
        var (applied, fault) = await WriteAsync(Embedding, applies: true, UnknownMetadata, """ ,"unknownMeta":1 """);
        Assert.True(applied is HttpStatusCode.BadRequest or HttpStatusCode.InternalServerError, fault);
        foreach (var path in UnknownPaths)
            Assert.Contains($".{path}: field not declared in schema", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_and_repeated_fields_in_metadata_are_warned_of_and_dropped()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition(Embedding));
        var body = CronTabs.Object("one", UnknownMetadata.Replace("\"foo\":1", "\"foo\":1,\"name\":\"again\"", StringComparison.Ordinal));
        using var content = new StringContent(body, null, "application/json");
        using var response = await server.Http.PostAsync(CronTabs.Path, content);
        Assert.Equal(
            ["duplicate field \\\"spec.template.metadata.name\\\"", .. UnknownPaths[1..].Select(path => $"unknown field \\\"{path}\\\"")],
            response.Headers.GetValues("Warning").Select(warning => warning[7..^1]));
        var (_, patched) = await server.SendAsync(
            HttpMethod.Patch, CronTabs.Path + "/one?fieldValidation=Strict",
            """{"spec":{"template":{"metadata":{"bar":1}}}}""", "application/merge-patch+json");
        Assert.Contains("unknown field \"spec.template.metadata.bar\"", CronTabs.Message(patched), StringComparison.Ordinal);
        var (_, stored) = await server.SendAsync(HttpMethod.Get, CronTabs.Path + "/one");
        Assert.Equal("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"again"}}""", stored.GetObject("spec")!["template"]!.ToString());
    }

    private static async Task<(HttpStatusCode Code, string Answer)> WriteAsync(string schema, bool applies, string rest, string metadata = "")
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition(schema));
        var body = CronTabs.Object("one", rest).Replace("\"name\":\"one\"", "\"name\":\"one\"" + metadata, StringComparison.Ordinal);
        var (code, answer) = applies
            ? await server.SendAsync(HttpMethod.Patch, CronTabs.Path + "/one" + Strict, body, ApplyType)
            : await server.SendAsync(HttpMethod.Post, CronTabs.Path + Strict, body);
        return (code, answer.ToString());
    }
}
