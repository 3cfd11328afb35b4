using System.Net;
using Xebec.ApiServer.Tests.CustomResources;
using Xebec.Tests;

namespace Xebec.ApiServer.Tests.Conformance;

public sealed class CustomFieldValidationTests
{
    private const string Strict = "?fieldValidation=Strict&fieldManager=test";
    private const string Closed = """{"type":"object","properties":{"known":{"type":"string"},"number":{"type":"integer"}}}""";
    private const string Open = """{"type":"object","x-kubernetes-preserve-unknown-fields":true}""";

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

    private static async Task<(HttpStatusCode Code, string Answer)> WriteAsync(string schema, bool applies, string rest)
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition(schema));
        var (code, answer) = applies
            ? await server.SendAsync(HttpMethod.Patch, CronTabs.Path + "/one" + Strict, CronTabs.Object("one", rest), "application/apply-patch+yaml")
            : await server.SendAsync(HttpMethod.Post, CronTabs.Path + Strict, CronTabs.Object("one", rest));
        return (code, answer.ToString());
    }
}
