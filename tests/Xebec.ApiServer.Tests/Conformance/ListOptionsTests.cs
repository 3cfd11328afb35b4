using System.Net;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.Conformance;

/// <summary>
/// resourceVersion and resourceVersionMatch of lists and watches in all their combinations (API concepts, "Semantics for get and list" and
/// "Semantics for watch").
/// </summary>
public sealed class ListOptionsTests : IAsyncLifetime
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private TestServer _server = null!;
    private long _first;
    private long _second;

    /// <summary>One object made and a second made after it; a consistent list, so that lists of any age see both.</summary>
    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        (_first, _second) = (await CreateAsync("a"), await CreateAsync("b"));
        await ListAsync("");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    // FIRST and SECOND are the revisions of the two objects, FUTURE one that does not exist yet; the answer names the objects seen.
    [Theory]
    [InlineData("", "a b")]
    [InlineData("resourceVersion=", "a b")]
    [InlineData("resourceVersion=0", "a b")]
    [InlineData("resourceVersion=FIRST", "a b")]
    [InlineData("resourceVersion=SECOND", "a b")]
    [InlineData("resourceVersion=0&resourceVersionMatch=NotOlderThan", "a b")]
    [InlineData("resourceVersion=FIRST&resourceVersionMatch=NotOlderThan", "a b")]
    [InlineData("resourceVersion=FIRST&resourceVersionMatch=Exact", "a")]
    [InlineData("resourceVersion=SECOND&resourceVersionMatch=Exact", "a b")]
    [InlineData("limit=1", "a +1")]
    [InlineData("limit=5", "a b")]
    [InlineData("limit=1&resourceVersion=0", "a +1")]
    [InlineData("limit=1&resourceVersion=FIRST", "a")]
    [InlineData("limit=1&resourceVersion=0&resourceVersionMatch=NotOlderThan", "a +1")]
    [InlineData("limit=1&resourceVersion=FIRST&resourceVersionMatch=NotOlderThan", "a +1")]
    [InlineData("limit=1&resourceVersion=FIRST&resourceVersionMatch=Exact", "a")]
    [InlineData("limit=1&resourceVersion=SECOND&resourceVersionMatch=Exact", "a +1")]
    public async Task A_list_is_of(string query, string expected)
    {
        var (code, list) = await ListAsync(query);
        Assert.True(code == HttpStatusCode.OK, list.ToString());
        var metadata = list.GetObject("metadata")!;
        var seen = string.Join(' ', list.GetList("items")!.Select(item => KindClient.NameOf(item.AsObject()!)));
        if (metadata["remainingItemCount"] is { } remaining)
            seen += " +" + remaining;
        Assert.Equal(expected, seen);
        Assert.Equal(metadata["remainingItemCount"] is null, metadata.GetString("continue") is null);
        var revision = long.Parse(metadata.GetString("resourceVersion")!, System.Globalization.CultureInfo.InvariantCulture);
        if (query.Contains("Exact", StringComparison.Ordinal) || query == "limit=1&resourceVersion=FIRST")
            Assert.Equal(query.Contains("FIRST", StringComparison.Ordinal) ? _first : _second, revision);
        else
            Assert.True(revision >= _second, "the list is older than what was written before it");
    }

    [Theory]
    [InlineData("resourceVersionMatch=Exact", 422, "Invalid", "resourceVersionMatch is forbidden unless resourceVersion is provided")]
    [InlineData("resourceVersionMatch=NotOlderThan", 422, "Invalid", "resourceVersionMatch is forbidden unless resourceVersion is provided")]
    [InlineData("resourceVersion=0&resourceVersionMatch=Exact", 422, "Invalid", "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"")]
    [InlineData("resourceVersion=FIRST&resourceVersionMatch=Newest", 422, "Invalid", "supported values: \"Exact\", \"NotOlderThan\", \"\"")]
    [InlineData("resourceVersion=abc", 400, "BadRequest", "resourceVersion: Invalid value: \"abc\"")]
    [InlineData("resourceVersion=-1", 400, "BadRequest", "resourceVersion: Invalid value: \"-1\"")]
    [InlineData("continue=TOKEN&resourceVersion=FIRST", 400, "BadRequest", "specifying resource version is not allowed when using continue")]
    [InlineData("continue=TOKEN&resourceVersionMatch=Exact&resourceVersion=FIRST", 422, "Invalid", "resourceVersionMatch is forbidden when continue is provided")]
    [InlineData("continue=nonsense", 400, "BadRequest", "continue key is not valid")]
    [InlineData("limit=x", 400, "BadRequest", "strconv.ParseInt: parsing \"x\": invalid syntax")]
    [InlineData("limit=99999999999999999999", 400, "BadRequest", "strconv.ParseInt: parsing \"99999999999999999999\": value out of range")]
    [InlineData("resourceVersionMatch=Newest&sendInitialEvents=1", 422, "Invalid", "is invalid: [resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided, resourceVersionMatch: Unsupported value: \"Newest\": supported values: \"Exact\", \"NotOlderThan\", \"\", sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list]")]
    [InlineData("continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MCwic3RhcnQiOiJhIn0", 400, "BadRequest", "invalid continue token: continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)")]
    [InlineData("continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MX0", 400, "BadRequest", "continue key is not valid: encoded start key empty (version meta.k8s.io/v1)")]
    [InlineData("continue=eyJ2IjoibWV0YS5rOHMuaW8vdjkiLCJydiI6MX0", 400, "BadRequest", "continue key is not valid: server does not recognize this encoded version")]
    [InlineData("continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MSwic3RhcnQiOiIuLi9hIn0", 400, "BadRequest", "continue key is not valid: ../a")]
    [InlineData("sendInitialEvents=true", 422, "Invalid", "sendInitialEvents is forbidden for list")]
    [InlineData("labelSelector=a%3D%3D%3Db", 400, "BadRequest", "unable to parse requirement")]
    [InlineData("fieldSelector=metadata.name", 400, "BadRequest", "invalid selector")]
    public async Task A_list_is_refused(string query, int code, string reason, string message) => AssertRefused(await ListAsync(query), code, reason, message);

    [Fact]
    public async Task A_list_of_the_future_waits_and_gives_up()
    {
        var list = ListAsync("resourceVersion=FUTURE");
        while (!list.IsCompleted)
        {
            _server.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(list, Task.Delay(1));
        }

        var (code, status) = await list;
        Assert.Equal((HttpStatusCode.GatewayTimeout, "Timeout"), (code, status.GetString("reason")));
        Assert.StartsWith("Timeout: Too large resource version: ", status.GetString("message"), StringComparison.Ordinal);
        var details = status.GetObject("details")!;
        Assert.Equal(1, details["retryAfterSeconds"]!.AsInt64());
        Assert.Equal("ResourceVersionTooLarge", details.GetList("causes")![0].AsObject()!.GetString("reason"));
    }

    [Fact]
    public async Task A_token_with_zero_as_the_version_goes_on()
    {
        var (code, rest) = await ListAsync("continue=TOKEN&limit=5&resourceVersion=0");
        Assert.True(code == HttpStatusCode.OK, rest.ToString());
        Assert.Equal("b", KindClient.NameOf(rest.GetList("items")!.Single().AsObject()!));
    }

    [Theory]
    [InlineData("", "ADDED a, ADDED b, ADDED c")]
    [InlineData("resourceVersion=0", "ADDED a, ADDED b, ADDED c")]
    [InlineData("resourceVersion=FIRST", "ADDED b, ADDED c")]
    [InlineData("resourceVersion=SECOND", "ADDED c")]
    [InlineData("sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true", "ADDED a, ADDED b, BOOKMARK, ADDED c")]
    [InlineData("sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&resourceVersion=0", "ADDED a, ADDED b, BOOKMARK, ADDED c")]
    [InlineData("sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&resourceVersion=FIRST", "ADDED a, ADDED b, BOOKMARK, ADDED c")]
    [InlineData("sendInitialEvents=true&resourceVersionMatch=NotOlderThan", "ADDED a, ADDED b, ADDED c")]
    [InlineData("sendInitialEvents=false&resourceVersionMatch=NotOlderThan", "ADDED c")]
    [InlineData("sendInitialEvents=false&resourceVersionMatch=NotOlderThan&resourceVersion=0", "ADDED c")]
    [InlineData("sendInitialEvents=false&resourceVersionMatch=NotOlderThan&resourceVersion=FIRST", "ADDED b, ADDED c")]
    [InlineData("fieldSelector=metadata.name%3Db", "ADDED b")]
    public async Task A_watch_shows(string query, string expected)
    {
        using var watch = await WatchReader.StartAsync(_server.Http, $"{ConfigMaps}?watch=true&timeoutSeconds=100&{Fill(query)}");
        await CreateAsync("c");
        var seen = new List<string>();
        foreach (var _ in expected.Split(", "))
        {
            var (type, item) = await watch.NextAsync();
            seen.Add(type == "BOOKMARK" ? type : $"{type} {KindClient.NameOf(item)}");
            if (type == "BOOKMARK")
                Assert.Equal("true", KindClient.AnnotationOf(item, "k8s.io/initial-events-end"));
        }

        Assert.Equal(expected, string.Join(", ", seen));
        _server.Time.Advance(TimeSpan.FromSeconds(101));
        if (query.Contains("Bookmarks", StringComparison.Ordinal))
            Assert.Equal("BOOKMARK", (await watch.NextAsync()).Type);
        while (await watch.TryNextAsync() is { } last)
            Assert.Equal("BOOKMARK", last.Type);
    }

    [Theory]
    [InlineData("resourceVersion=FIRST&resourceVersionMatch=NotOlderThan", "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided")]
    [InlineData("sendInitialEvents=true", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan")]
    [InlineData("sendInitialEvents=true&resourceVersion=FIRST&resourceVersionMatch=Exact", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan")]
    [InlineData("sendInitialEvents=true&resourceVersionMatch=Exact", "resourceVersionMatch: Unsupported value: \"Exact\": supported values: \"NotOlderThan\"")]
    [InlineData("sendInitialEvents=true&resourceVersionMatch=NotOlderThan&continue=x", "resourceVersionMatch is forbidden when continue is provided")]
    public async Task A_watch_is_refused(string query, string message) =>
        AssertRefused(await ListAsync("watch=true&" + query), 422, "Invalid", message);

    private async Task<(HttpStatusCode Code, ObjectValue Body)> ListAsync(string query)
    {
        if (query.Contains("TOKEN", StringComparison.Ordinal))
        {
            var (_, page) = await _server.SendAsync(HttpMethod.Get, ConfigMaps + "?limit=1");
            query = query.Replace("TOKEN", page.GetObject("metadata")!.GetString("continue"), StringComparison.Ordinal);
        }

        return await _server.SendAsync(HttpMethod.Get, $"{ConfigMaps}?{Fill(query)}");
    }

    private string Fill(string query) => query.Replace("FIRST", $"{_first}", StringComparison.Ordinal)
        .Replace("SECOND", $"{_second}", StringComparison.Ordinal).Replace("FUTURE", $"{_second + 1000}", StringComparison.Ordinal);

    private async Task<long> CreateAsync(string name)
    {
        var (_, created) = await _server.SendAsync(HttpMethod.Post, ConfigMaps, $$$"""{"metadata":{"name":"{{{name}}}"}}""");
        return long.Parse(KindClient.VersionOf(created), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void AssertRefused((HttpStatusCode Code, ObjectValue Body) answer, int code, string reason, string message)
    {
        Assert.True((int)answer.Code == code && answer.Body.GetString("reason") == reason, answer.Body.ToString());
        Assert.Contains(message, answer.Body.GetString("message"), StringComparison.Ordinal);
    }
}
