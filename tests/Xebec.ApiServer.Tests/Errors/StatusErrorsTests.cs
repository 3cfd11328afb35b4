using System.Net;
using System.Text;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.Errors;

/// <summary>Whatever is wrong with a request, the answer is a Status with upstream's code and reason.</summary>
public sealed class StatusErrorsTests : IAsyncLifetime
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private const string Deployments = "/apis/apps/v1/namespaces/default/deployments";
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("""{"metadata":{"name":"a"}""", "application/json", 400, "BadRequest")]
    [InlineData("""not json""", "application/json", 400, "BadRequest")]
    [InlineData("", "application/json", 400, "BadRequest")]
    [InlineData("metadata: {name: [", "application/yaml", 400, "BadRequest")]
    [InlineData("""{"metadata":{"name":"a"},"data":{"k":1}}""", "application/json", 400, "BadRequest")]
    [InlineData("""{"metadata":{"name":"a"},"data":[]}""", "application/json", 400, "BadRequest")]
    [InlineData("""{"kind":"Secret","apiVersion":"v1","metadata":{"name":"a"}}""", "application/json", 400, "BadRequest")]
    [InlineData("""{"kind":"ConfigMap","apiVersion":"v2","metadata":{"name":"a"}}""", "application/json", 400, "BadRequest")]
    [InlineData("""{"metadata":{"name":"a","namespace":"other"}}""", "application/json", 400, "BadRequest")]
    [InlineData("""{"metadata":{"name":"a"}}""", "application/cbor", 415, "UnsupportedMediaType")]
    [InlineData("""{"metadata":{"name":"a"}}""", "text/plain", 415, "UnsupportedMediaType")]
    [InlineData("k8s\0garbage", "application/vnd.kubernetes.protobuf", 400, "BadRequest")]
    [InlineData("""{"metadata":{"name":"Not_A_Name"}}""", "application/json", 422, "Invalid")]
    [InlineData("""{"metadata":{}}""", "application/json", 422, "Invalid")]
    public async Task A_body_that_is_wrong(string body, string contentType, int code, string reason) =>
        AssertStatus(await _server.SendAsync(HttpMethod.Post, ConfigMaps, body, contentType), code, reason);

    // Events are of two groups, so that what is applied is decoded on its way to the owners' versions.
    [Fact]
    public async Task An_applied_time_that_is_none()
    {
        const string Path = "/api/v1/namespaces/default/events/e?fieldManager=";
        const string Event = """{"apiVersion":"v1","kind":"Event","metadata":{"name":"e"},"involvedObject":{"namespace":"default"},"firstTimestamp":"TIME"}""";
        var made = await _server.SendAsync(
            HttpMethod.Patch, Path + "one", Event.Replace("TIME", "2026-01-01T00:00:00Z", StringComparison.Ordinal), "application/apply-patch+yaml");
        Assert.Equal(HttpStatusCode.Created, made.Code);
        var wrong = await _server.SendAsync(
            HttpMethod.Patch, Path + "two&force=true", Event.Replace("TIME", "2026-07999-01T00:00:00Z", StringComparison.Ordinal), "application/apply-patch+yaml");
        AssertStatus(wrong, 422, "Invalid");
    }

    [Fact]
    public async Task Nesting_that_is_too_deep()
    {
        var body = string.Concat(Enumerable.Repeat("{\"metadata\":", 5000)) + "1" + new string('}', 5000);
        AssertStatus(await _server.SendAsync(HttpMethod.Post, ConfigMaps, body), 400, "BadRequest");
    }

    [Fact]
    public async Task A_billion_laughs()
    {
        var yaml = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (var i = 1; i < 12; i++)
            yaml.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        AssertStatus(await _server.SendAsync(HttpMethod.Post, ConfigMaps, yaml.ToString(), "application/yaml"), 400, "BadRequest");
    }

    [Fact]
    public async Task A_body_that_is_too_large()
    {
        var body = $$$"""{"metadata":{"name":"a"},"data":{"k":"{{{new string('x', 4 * 1024 * 1024)}}}"}}""";
        AssertStatus(await _server.SendAsync(HttpMethod.Post, ConfigMaps, body), 413, "RequestEntityTooLarge");
    }

    [Fact]
    public async Task An_unknown_field_is_refused_warned_about_or_dropped()
    {
        const string Body = """{"metadata":{"name":"NAME"},"dada":{"k":"v"}}""";
        var strict = await _server.SendAsync(HttpMethod.Post, ConfigMaps + "?fieldValidation=Strict", Body.Replace("NAME", "a", StringComparison.Ordinal));
        AssertStatus(strict, 400, "BadRequest");
        Assert.Contains("strict decoding error: unknown field \"dada\"", strict.Body.GetString("message"), StringComparison.Ordinal);
        Assert.Equal(["299 - \"unknown field \\\"dada\\\"\""], await WarningsAsync("Warn", Body.Replace("NAME", "b", StringComparison.Ordinal)));
        Assert.Empty(await WarningsAsync("Ignore", Body.Replace("NAME", "c", StringComparison.Ordinal)));
    }

    private async Task<IReadOnlyList<string>> WarningsAsync(string validation, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _server.Http.PostAsync($"{ConfigMaps}?fieldValidation={validation}", content);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return response.Headers.TryGetValues("Warning", out var warnings) ? [.. warnings] : [];
    }

    [Theory]
    [InlineData("GET", "/api/v1/namespaces/default/nothings", 404, "NotFound")]
    [InlineData("GET", "/apis/nothing.example/v1/things", 404, "NotFound")]
    [InlineData("GET", "/nothing", 404, "NotFound")]
    [InlineData("GET", ConfigMaps + "/absent", 404, "NotFound")]
    [InlineData("DELETE", ConfigMaps + "/absent", 404, "NotFound")]
    [InlineData("GET", ConfigMaps + "?labelSelector=a%20b", 400, "BadRequest")]
    [InlineData("GET", ConfigMaps + "?fieldSelector=spec.nothing=1", 400, "BadRequest")]
    [InlineData("GET", ConfigMaps + "?resourceVersion=abc", 400, "BadRequest")]
    [InlineData("GET", ConfigMaps + "?continue=abc", 400, "BadRequest")]
    [InlineData("GET", ConfigMaps + "?limit=x", 400, "BadRequest")]
    [InlineData("GET", ConfigMaps + "?resourceVersionMatch=Sometimes&resourceVersion=1", 422, "Invalid")]
    [InlineData("POST", ConfigMaps + "/a", 405, "MethodNotAllowed")]
    [InlineData("PUT", ConfigMaps, 405, "MethodNotAllowed")]
    public async Task A_path_or_parameter_that_is_wrong(string method, string path, int code, string reason) =>
        AssertStatus(await _server.SendAsync(new HttpMethod(method), path, method is "POST" or "PUT" ? "{}" : null), code, reason);

    [Fact]
    public async Task A_representation_that_is_not_served() =>
        AssertStatus(await _server.SendAsync(HttpMethod.Get, ConfigMaps, accept: "application/cbor"), 406, "NotAcceptable");

    [Fact]
    public async Task A_second_object_of_the_same_name()
    {
        const string Body = """{"metadata":{"name":"twice"}}""";
        await _server.SendAsync(HttpMethod.Post, ConfigMaps, Body);
        AssertStatus(await _server.SendAsync(HttpMethod.Post, ConfigMaps, Body), 409, "AlreadyExists");
    }

    [Fact]
    public async Task A_field_that_is_required_names_its_path()
    {
        var answer = await _server.SendAsync(HttpMethod.Post, Deployments, """{"metadata":{"name":"a"},"spec":{"template":{"metadata":{},"spec":{}}}}""");
        AssertStatus(answer, 422, "Invalid");
        var fields = answer.Body.GetObject("details")!.GetList("causes")!.Select(c => c.AsObject()!.GetString("field")).ToList();
        Assert.Contains("spec.selector", fields);
        Assert.Contains("spec.template.spec.containers", fields);
    }

    [Fact]
    public async Task A_field_that_cannot_change()
    {
        const string Body = """{"metadata":{"name":"a"},"spec":{"selector":{"matchLabels":{"app":"APP"}},"template":{"metadata":{"labels":{"app":"APP"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}""";
        var (created, _) = await _server.SendAsync(HttpMethod.Post, Deployments, Body.Replace("APP", "x", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Created, created);
        var answer = await _server.SendAsync(HttpMethod.Put, Deployments + "/a", Body.Replace("APP", "y", StringComparison.Ordinal));
        AssertStatus(answer, 422, "Invalid");
        Assert.Contains("field is immutable", answer.Body.GetString("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patch_of_an_unknown_kind_of_patch() =>
        AssertStatus(await _server.SendAsync(HttpMethod.Patch, ConfigMaps + "/a", "{}", "application/json"), 415, "UnsupportedMediaType");

    private static void AssertStatus((HttpStatusCode Code, ObjectValue Body) answer, int code, string reason)
    {
        Assert.Equal("Status", answer.Body.GetString("kind"));
        Assert.Equal((code, reason), ((int)answer.Code, answer.Body.GetString("reason")));
        Assert.Equal(code, answer.Body["code"]!.AsInt64());
        Assert.Equal("Failure", answer.Body.GetString("status"));
    }
}
