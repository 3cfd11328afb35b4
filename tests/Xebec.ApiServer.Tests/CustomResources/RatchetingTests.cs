using System.Net;
using System.Text;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.CustomResources;

/// <summary>Rules and what did not change: warnings instead of errors, but not of rules that compare (KEP-4008).</summary>
public sealed class RatchetingTests
{
    private const string Lenient = """
        {"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"},
         "plain":{"type":"array","items":{"type":"string"}},
         "keyed":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["k"],
           "items":{"type":"object","required":["k"],"properties":{"k":{"type":"string"},"v":{"type":"integer"}}}}}}
        """;

    private const string Strict = """
        {"type":"object","properties":{
         "a":{"type":"string","x-kubernetes-validations":[{"rule":"self != 'bad'","message":"a is bad"}]},
         "b":{"type":"string","x-kubernetes-validations":[{"rule":"self == oldSelf + '!'","message":"b must grow"}]},
         "plain":{"type":"array","items":{"type":"string","x-kubernetes-validations":[{"rule":"self != 'bad'","message":"item is bad"}]}},
         "keyed":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["k"],
           "items":{"type":"object","required":["k"],"properties":{"k":{"type":"string"},"v":{"type":"integer"}},
             "x-kubernetes-validations":[{"rule":"self.v < 5","message":"v is large"}]}}}}
        """;

    [Fact]
    public async Task What_did_not_change_is_warned_of()
    {
        await using var server = await StartAsync(""" "spec":{"a":"bad","plain":["bad"],"keyed":[{"k":"x","v":7},{"k":"y","v":1}]} """);
        var (code, body, warnings) = await MergeAsync(server, """{"metadata":{"labels":{"x":"y"}},"spec":{"keyed":[{"k":"y","v":2},{"k":"x","v":7}]}}""");
        Assert.True(code == HttpStatusCode.OK, body.ToString());
        Assert.Equal(
            [
                "spec.a: Invalid value: \"string\": a is bad",
                "spec.keyed[1]: Invalid value: \"object\": v is large",
                "spec.plain[0]: Invalid value: \"string\": item is bad",
            ],
            warnings.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"spec":{"plain":["bad","more"]}}""", "spec.plain[0]: Invalid value: \"string\": item is bad")]
    [InlineData("""{"spec":{"keyed":[{"k":"x","v":8}]}}""", "spec.keyed[0]: Invalid value: \"object\": v is large")]
    public async Task What_changed_is_refused(string patch, string message)
    {
        await using var server = await StartAsync(""" "spec":{"plain":["bad"],"keyed":[{"k":"x","v":7}]} """);
        var (code, body, _) = await MergeAsync(server, patch);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.EndsWith($"is invalid: {message}", CronTabs.Message(body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_that_compare_hold_for_what_did_not_change()
    {
        await using var server = await StartAsync(""" "spec":{"b":"x"} """);
        var (code, body, _) = await MergeAsync(server, """{"spec":{"a":"good"}}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.EndsWith("is invalid: spec.b: Invalid value: \"string\": b must grow", CronTabs.Message(body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finalizers_that_could_be_anybodys_are_warned_of_once()
    {
        await using var server = await StartAsync(""" "spec":{} """);
        var (_, _, warnings) = await MergeAsync(server, """{"metadata":{"finalizers":["mine","a.example/b"]}}""");
        Assert.Equal(
            ["metadata.finalizers: \"mine\": prefer a domain-qualified finalizer name including a path (/) to avoid accidental conflicts with other finalizer writers"],
            warnings);
        (_, _, warnings) = await MergeAsync(server, """{"metadata":{"labels":{"a":"b"}}}""");
        Assert.Empty(warnings);
    }

    [Fact]
    public async Task Formats_that_nothing_checks_are_warned_of()
    {
        await using var server = await TestServer.StartAsync();
        const string Schema = """
            {"type":"object","properties":{"n":{"type":"integer","format":"int64"},"t":{"type":"string","format":"telephone"},
             "w":{"type":"string","format":"date-time"},"l":{"type":"array","format":"cidr","items":{"type":"string","format":"cidr"}}}}
            """;
        var (code, _, warnings) = await SendAsync(server, HttpMethod.Post, CronTabs.DefinitionsPath, CronTabs.Definition(Schema), "application/json");
        Assert.Equal(HttpStatusCode.Created, code);
        Assert.Equal(["unrecognized format \"cidr\"", "unrecognized format \"telephone\""], warnings);
    }

    [Theory]
    [InlineData("""{"spec":{"replicas":-1}}""", ".spec.replicas: Invalid value: -1: should be a non-negative integer")]
    [InlineData("""{"spec":{"replicas":2147483648}}""", ".spec.replicas: Invalid value: 2147483648: should be less than or equal to 2147483647")]
    [InlineData("""{"spec":{"replicas":"x"}}""", ".spec.replicas: Invalid value: 0: .spec.replicas accessor error: x is of the type string, expected int64")]
    [InlineData("""{"spec":{"selector":7}}""", ".spec.selector: Invalid value: \"\": .spec.selector accessor error: 7 is of the type int64, expected string")]
    public async Task What_the_scale_subresource_reads_is_checked(string patch, string message)
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition(
            """{"type":"object","x-kubernetes-preserve-unknown-fields":true}""",
            ""","subresources":{"scale":{"specReplicasPath":".spec.replicas","statusReplicasPath":".status.replicas","labelSelectorPath":".spec.selector"}}"""));
        await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("one", """ "spec":{"replicas":1} """));
        var (code, body, _) = await MergeAsync(server, patch);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.EndsWith($"is invalid: {message}", CronTabs.Message(body), StringComparison.Ordinal);
    }

    // An object that was stored before the rules were declared.
    private static async Task<TestServer> StartAsync(string rest)
    {
        var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition(Lenient));
        var (code, body) = await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("one", rest));
        Assert.True(code == HttpStatusCode.Created, body.ToString());
        await using var watch = await WatchLines.OpenAsync(server.Http, CronTabs.Path + "?watch=true&resourceVersion=0&sendInitialEvents=false&resourceVersionMatch=NotOlderThan");
        (code, body) = await server.SendAsync(
            HttpMethod.Patch, CronTabs.DefinitionPath, new ObjectValue { ["spec"] = ((ObjectValue)Value.Parse(CronTabs.Definition(Strict)))["spec"]! }.ToString(),
            "application/merge-patch+json");
        Assert.True(code == HttpStatusCode.OK, body.ToString());
        await watch.EndAsync();
        return server;
    }

    private static Task<(HttpStatusCode Code, ObjectValue Body, string[] Warnings)> MergeAsync(TestServer server, string patch) =>
        SendAsync(server, HttpMethod.Patch, CronTabs.Path + "/one", patch, "application/merge-patch+json");

    private static async Task<(HttpStatusCode Code, ObjectValue Body, string[] Warnings)> SendAsync(
        TestServer server, HttpMethod method, string path, string body, string contentType)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, contentType) };
        using var response = await server.Http.SendAsync(request);
        var warnings = response.Headers.TryGetValues("Warning", out var found) ? found.Select(w => w[7..^1].Replace("\\\"", "\"", StringComparison.Ordinal)) : [];
        return (response.StatusCode, (ObjectValue)Value.Parse(await response.Content.ReadAsByteArrayAsync()), [.. warnings]);
    }
}
