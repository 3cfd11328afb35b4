using System.Net;
using System.Text;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.Endpoints;

/// <summary>Bodies that are no object of the kind, and patches that do not leave one: codes and words as upstream's.</summary>
public sealed class PatchErrorsTests : IAsyncLifetime
{
    private const string Path = "/api/v1/namespaces/default/configmaps";
    private const string Deployments = "/apis/apps/v1/namespaces/default/deployments";
    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        await _server.SendAsync(HttpMethod.Post, Path, """{"metadata":{"name":"a"},"data":{"k":"v"}}""");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(Path, """{"kind":"Secret","apiVersion":"v1","metadata":{"name":"b"}}""", 400, "Secret in version \"v1\" cannot be handled as a ConfigMap: converting (v1.Secret) to (core.ConfigMap): unknown conversion")]
    [InlineData(Path, "", 400, "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: unexpected end of JSON input (<empty>)")]
    [InlineData(Path, """{"metadata":{"name":"abcdefgh"}""", 400, "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: unexpected end of JSON input ({\"metadata\":{\"name\":\"abcdefgh\" ...)")]
    [InlineData(Path, "<a>", 400, "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: invalid character '<' looking for beginning of value (3c613e)")]
    [InlineData(Path, """{"kind":"ConfigMap","apiVersion":"v2","metadata":{"name":"b"}}""", 400, "the API version in the data (v2) does not match the expected API version (v1)")]
    [InlineData(Deployments, """{"kind":"Pod","apiVersion":"v1"}""", 400, "Pod in version \"v1\" cannot be handled as a Deployment: converting (v1.Pod) to (apps.Deployment): unknown conversion")]
    [InlineData(Deployments, """{"spec":{"replicas":"three"}}""", 400, "Deployment in version \"v1\" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData(Deployments + "?fieldValidation=Strict", """{"spec":{"foo":1,"paused":true,"paused":true}}""", 400, "Deployment in version \"v1\" cannot be handled as a Deployment: strict decoding error: unknown field \"spec.foo\", duplicate field \"spec.paused\"")]
    public async Task A_body_is_refused(string path, string body, int code, string message)
    {
        var (actual, status) = await _server.SendAsync(HttpMethod.Post, path, body);
        Assert.Equal((code, message), ((int)actual, status.GetString("message")));
    }

    [Theory]
    [InlineData("json-patch", "x", 400, "error decoding patch: invalid character 'x' looking for beginning of value")]
    [InlineData("json-patch", "{}", 400, "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp")]
    [InlineData("json-patch", """[{"op":"remove","path":"/absent"}]""", 422, "the server rejected our request due to an error in our request")]
    [InlineData("json-patch", """[{"op":"replace","path":"/data","value":1}]""", 422, " \"\" is invalid: patch: Invalid value: \"{*\\\"data\\\":1}\": json: cannot unmarshal number into Go struct field ConfigMap.data of type map[string]string")]
    [InlineData("json-patch", """[{"op":"test","op":"test","path":"/data/k","value":"v","why":1}]""", 422, "*: strict decoding error: json patch unknown field \"[0].why\", json patch duplicate field \"[0].op\"")]
    [InlineData("merge-patch", "[]", 400, "error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}")]
    [InlineData("merge-patch", """{"data":{"k":1}}""", 422, " \"\" is invalid: patch: Invalid value: \"{*\\\"data\\\":{\\\"k\\\":1}}\": json: cannot unmarshal number into Go struct field ConfigMap.data of type string")]
    [InlineData("merge-patch", """{"data":{"k":"1","k":"2"},"foo":{}}""", 422, "*: strict decoding error: duplicate field \"data.k\", unknown field \"foo\"")]
    [InlineData("merge-patch", """{"kind":"Secret"}""", 422, "*: converting (v1.Secret) to (core.ConfigMap): unknown conversion")]
    [InlineData("merge-patch", """{"metadata":{"uid":"u"}}""", 422, "ConfigMap \"a\" is invalid: metadata.uid: Invalid value: \"u\": field is immutable")]
    [InlineData("merge-patch", """{"metadata":{"name":"b"}}""", 400, "the name of the object (b) does not match the name on the URL (a)")]
    [InlineData("merge-patch", """{"metadata":{"name":null}}""", 400, "the name of the object (a based on URL) was undeterminable: name must be provided")]
    [InlineData("merge-patch", """{"metadata":{"namespace":"other"}}""", 400, "the namespace of the provided object does not match the namespace sent on the request")]
    [InlineData("merge-patch", """{"metadata":{"resourceVersion":"1"}}""", 409, "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your changes to the latest version and try again")]
    [InlineData("strategic-merge-patch", "[]", 400, "json: cannot unmarshal array into Go value of type map[string]interface {}")]
    [InlineData("strategic-merge-patch", """{"data":{"k":1},"foo":{}}""", 422, " \"\" is invalid: patch: Invalid value: \"map[data:map[k:1] foo:map[]]\": json: cannot unmarshal number into Go struct field ConfigMap.data of type string")]
    [InlineData("strategic-merge-patch", """{"foo":{"a":1}}""", 422, " \"\" is invalid: patch: Invalid value: \"map[foo:map[a:1]]\": strict decoding error: unknown field \"foo\"")]
    [InlineData("apply-patch", """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"}}""", 400, "failed to merge config: expected objects of the same type, but got ConfigMap and Secret")]
    [InlineData("apply-patch", """{"apiVersion":"v1","metadata":{"name":"a"}}""", 400, "failed to create typed patch object (/a; /v1, Kind=): no corresponding type for /v1, Kind=")]
    [InlineData("apply-patch", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"foo":1}""", 400, "failed to create typed patch object (/a; /v1, Kind=ConfigMap): .foo: field not declared in schema")]
    public async Task A_patch_is_refused(string type, string patch, int code, string message)
    {
        var (_, before) = await _server.SendAsync(HttpMethod.Get, Path + "/a");
        var (actual, status) = await PatchAsync("a", type, patch);
        Assert.True(code == (int)actual, status.ToString());
        var (start, end) = message.Split('*') is [var a, var b] ? (a, b) : ("", "");
        var said = status.GetString("message")!;
        Assert.True(said == message || (message.Contains('*') && said.StartsWith(start) && said.EndsWith(end)), said);
        Assert.Equal(before.ToString(), (await _server.SendAsync(HttpMethod.Get, Path + "/a")).Body.ToString());
    }

    [Fact]
    public async Task A_strategic_merge_goes_into_the_kind_whatever_it_calls_it()
    {
        var (code, patched) = await PatchAsync("a", "strategic-merge-patch", """{"kind":"Secret","data":{"k":"w"}}""");
        Assert.Equal((HttpStatusCode.OK, "ConfigMap"), (code, patched.GetString("kind")));
    }

    [Fact]
    public async Task An_apply_of_a_certain_object_makes_no_other()
    {
        var (code, status) = await PatchAsync("b", "apply-patch", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b","uid":"u"}}""");
        Assert.Equal(HttpStatusCode.Conflict, code);
        Assert.Equal(
            "Operation cannot be fulfilled on configmaps \"b\": uid mismatch: the provided object specified uid u, and no existing object was found",
            status.GetString("message"));
    }

    [Theory]
    [InlineData("json-patch", """[{"op":"test","path":"/data/k","value":"v","why":1}]""", "json patch unknown field \\\"[0].why\\\"")]
    [InlineData("merge-patch", """{"data":{"k":"1","k":"2"}}""", "duplicate field \\\"data.k\\\"")]
    [InlineData("strategic-merge-patch", """{"foo":1}""", "unknown field \\\"foo\\\"")]
    public async Task Otherwise_the_client_is_warned(string type, string patch, string warning)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, Path + "/a")
        {
            Content = new StringContent(patch, Encoding.UTF8, $"application/{type}+json"),
        };
        using var response = await _server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([$"299 - \"{warning}\""], response.Headers.GetValues("Warning"));
    }

    private Task<(HttpStatusCode Code, ObjectValue Body)> PatchAsync(string name, string type, string patch) => _server.SendAsync(
        HttpMethod.Patch, $"{Path}/{name}?fieldManager=m&fieldValidation=Strict", patch,
        type == "apply-patch" ? "application/apply-patch+yaml" : $"application/{type}+json");
}
