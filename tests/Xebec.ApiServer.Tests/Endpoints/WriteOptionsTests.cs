using System.Net;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.Endpoints;

/// <summary>The options of creates, updates, patches and deletes: what is wrong with them, and in which words.</summary>
public sealed class WriteOptionsTests : IAsyncLifetime
{
    private const string Path = "/api/v1/namespaces/default/configmaps";
    private const string Long = "x123456789x123456789x123456789x123456789x123456789x123456789x123456789x123456789x123456789x123456789x123456789x123456789x1234567";
    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        await _server.SendAsync(HttpMethod.Post, Path, """{"metadata":{"name":"a"}}""");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("POST", "dryRun=Some", "CreateOptions", "dryRun: Unsupported value: [\"Some\"]: supported values: \"All\"")]
    [InlineData("PUT", "dryRun=All&dryRun=Some", "UpdateOptions", "dryRun: Unsupported value: [\"All\",\"Some\"]: supported values: \"All\"")]
    [InlineData("PATCH", "fieldValidation=Lax", "PatchOptions", "fieldValidation: Unsupported value: \"Lax\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"")]
    [InlineData("POST", "fieldManager=" + Long + "y", "CreateOptions", "fieldManager: Too long: may not be more than 128 bytes")]
    [InlineData("POST", "fieldManager=a%0Ab", "CreateOptions", "fieldManager: Invalid value: \"a\\nb\": invalid character U+000A (at position 1)")]
    [InlineData("PATCH", "force=false", "PatchOptions", "force: Forbidden: may not be specified for non-apply patch")]
    [InlineData("PATCH", "force=true&dryRun=Some", "PatchOptions", "[force: Forbidden: may not be specified for non-apply patch, dryRun: Unsupported value: [\"Some\"]: supported values: \"All\"]")]
    [InlineData("APPLY", "force=true", "PatchOptions", "fieldManager: Required value: is required for apply patch")]
    [InlineData("DELETE", "dryRun=Some", "DeleteOptions", "dryRun: Unsupported value: [\"Some\"]: supported values: \"All\"")]
    [InlineData("DELETE", "propagationPolicy=Sideways", "DeleteOptions", "propagationPolicy: Unsupported value: \"Sideways\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"")]
    [InlineData("DELETE", "propagationPolicy=Orphan&orphanDependents=true", "DeleteOptions", "propagationPolicy: Invalid value: \"Orphan\": orphanDependents and deletionPropagation cannot be both set")]
    public async Task Options_are_refused(string method, string query, string kind, string message)
    {
        var (code, status) = await WriteAsync(method, query);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Equal($"{kind}.meta.k8s.io \"\" is invalid: {message}", status.GetString("message"));
        Assert.Equal(HttpStatusCode.OK, (await _server.SendAsync(HttpMethod.Get, Path + "/a")).Code);
    }

    [Theory]
    [InlineData("fieldManager=" + Long)]
    [InlineData("dryRun=")]
    [InlineData("dryRun=All&fieldValidation=Strict")]
    public async Task Options_are_taken(string query) => Assert.Equal(HttpStatusCode.OK, (await WriteAsync("PUT", query)).Code);

    [Theory]
    [InlineData("gracePeriodSeconds=soon", null, 400, "strconv.ParseInt: parsing \"soon\": invalid syntax")]
    [InlineData("", """{"kind":"Pod","apiVersion":"v1"}""", 400, "decoded object cannot be converted to DeleteOptions")]
    [InlineData("", """{"preconditions":{"uid":"u"}}""", 409, "Operation cannot be fulfilled on ConfigMap \"a\": the UID in the precondition (u) does not match the UID in record (UID). The object might have been deleted and then recreated")]
    [InlineData("", """{"preconditions":{"resourceVersion":"1"}}""", 409, "Operation cannot be fulfilled on ConfigMap \"a\": the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (VERSION). The object might have been modified")]
    public async Task A_delete_is_refused(string query, string? body, int code, string message)
    {
        var (_, stored) = await _server.SendAsync(HttpMethod.Get, Path + "/a");
        var metadata = stored.GetObject("metadata")!;
        var (actual, status) = await _server.SendAsync(HttpMethod.Delete, $"{Path}/a?{query}", body);
        Assert.Equal(code, (int)actual);
        var expected = message.Replace("UID)", metadata.GetString("uid") + ")", StringComparison.Ordinal)
            .Replace("VERSION", metadata.GetString("resourceVersion"), StringComparison.Ordinal);
        Assert.Equal(expected, status.GetString("message"));
    }

    [Fact]
    public async Task With_a_body_the_query_of_a_delete_says_nothing()
    {
        var (code, _) = await _server.SendAsync(HttpMethod.Delete, Path + "/a?dryRun=All&propagationPolicy=Sideways", """{"kind":"DeleteOptions","apiVersion":"v1"}""");
        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.SendAsync(HttpMethod.Get, Path + "/a")).Code);
    }

    [Theory]
    [InlineData("propagationPolicy=Foreground", 202)]
    [InlineData("orphanDependents=false", 202)]
    [InlineData("propagationPolicy=Background", 200)]
    [InlineData("", 200)]
    public async Task A_delete_that_has_only_begun_says_so_to_those_who_asked_for_it(string query, int code)
    {
        await _server.SendAsync(HttpMethod.Post, Path, """{"metadata":{"name":"held","finalizers":["example.com/f"]}}""");
        var (actual, held) = await _server.SendAsync(HttpMethod.Delete, $"{Path}/held?{query}");
        Assert.Equal((code, "ConfigMap"), ((int)actual, held.GetString("kind")));
        Assert.Equal(HttpStatusCode.OK, (await _server.SendAsync(HttpMethod.Delete, $"{Path}/a?{query.Replace("Foreground", "Background", StringComparison.Ordinal)}")).Code);
    }

    [Fact]
    public async Task Nothing_is_written_across_namespaces()
    {
        foreach (var (method, body) in new[] { (HttpMethod.Delete, null), (HttpMethod.Post, """{"metadata":{"name":"b","namespace":"default"}}""") })
        {
            var (code, status) = await _server.SendAsync(method, "/api/v1/configmaps", body);
            Assert.Equal((HttpStatusCode.MethodNotAllowed, "MethodNotAllowed"), (code, status.GetString("reason")));
        }

        Assert.Equal(HttpStatusCode.OK, (await _server.SendAsync(HttpMethod.Get, Path + "/a")).Code);
    }

    [Theory]
    [InlineData("resourceVersion=soon", 400, "invalid resource version: resourceVersion: Invalid value: \"soon\": strconv.ParseUint: parsing \"soon\": invalid syntax")]
    [InlineData("resourceVersion=1", 200, null)]
    [InlineData("watch=true", 200, null)]
    public async Task A_get_may_say_how_new_the_object_is_to_be(string query, int code, string? message)
    {
        var (actual, body) = await _server.SendAsync(HttpMethod.Get, $"{Path}/a?{query}");
        Assert.Equal((code, message), ((int)actual, body.GetString("message")));
    }

    [Fact]
    public async Task A_get_of_the_future_waits_and_gives_up()
    {
        var get = _server.SendAsync(HttpMethod.Get, Path + "/a?resourceVersion=100000");
        while (!get.IsCompleted)
        {
            _server.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(get, Task.Delay(1));
        }

        var (code, status) = await get;
        Assert.Equal((HttpStatusCode.GatewayTimeout, "Timeout"), (code, status.GetString("reason")));
    }

    private Task<(HttpStatusCode Code, ObjectValue Body)> WriteAsync(string method, string query) => method switch
    {
        "POST" => _server.SendAsync(HttpMethod.Post, $"{Path}?{query}", """{"metadata":{"name":"b"}}"""),
        "PUT" => _server.SendAsync(HttpMethod.Put, $"{Path}/a?{query}", """{"metadata":{"name":"a"}}"""),
        "PATCH" => _server.SendAsync(HttpMethod.Patch, $"{Path}/a?{query}", "{}", "application/merge-patch+json"),
        "APPLY" => _server.SendAsync(HttpMethod.Patch, $"{Path}/a?{query}", "{}", "application/apply-patch+yaml"),
        _ => _server.SendAsync(HttpMethod.Delete, $"{Path}/a?{query}"),
    };
}
