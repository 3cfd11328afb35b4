using System.Net;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.Registry;

/// <summary>Creates whose name is taken or made up, dry runs, repeated owners, and what deletes do to jobs and events.</summary>
public sealed class CreateTests : IAsyncLifetime
{
    private const string Path = "/api/v1/namespaces/default/configmaps";
    private const string Jobs = "/apis/batch/v1/namespaces/default/jobs";
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("", """{"metadata":{"name":"a"}}""", "configmaps \"a\" already exists")]
    [InlineData("?dryRun=All", """{"metadata":{"name":"a"}}""", "configmaps \"a\" already exists")]
    [InlineData("", """{"metadata":{"name":"a","generateName":"a"}}""", "configmaps \"a\" already exists, the server was not able to generate a unique name for the object")]
    [InlineData("", """{"metadata":{"name":"held"}}""", "object is being deleted: configmaps \"held\" already exists")]
    public async Task A_name_is_taken(string query, string body, string message)
    {
        await _server.SendAsync(HttpMethod.Post, Path, """{"metadata":{"name":"a"}}""");
        await _server.SendAsync(HttpMethod.Post, Path, """{"metadata":{"name":"held","finalizers":["example.com/f"]}}""");
        await _server.SendAsync(HttpMethod.Delete, Path + "/held");
        var (code, status) = await _server.SendAsync(HttpMethod.Post, Path + query, body);
        Assert.Equal((HttpStatusCode.Conflict, "AlreadyExists", message), (code, status.GetString("reason"), status.GetString("message")));
    }

    [Fact]
    public async Task A_dry_run_leaves_no_version_and_no_object()
    {
        var (code, made) = await _server.SendAsync(HttpMethod.Post, Path + "?dryRun=All", """{"metadata":{"generateName":"a-"}}""");
        Assert.Equal(HttpStatusCode.Created, code);
        Assert.Null(made.GetObject("metadata")!.GetString("resourceVersion"));
        Assert.NotNull(made.GetObject("metadata")!.GetString("uid"));
        var name = made.GetObject("metadata")!.GetString("name");
        Assert.Equal(HttpStatusCode.NotFound, (await _server.SendAsync(HttpMethod.Get, $"{Path}/{name}")).Code);
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(8, false)]
    public async Task A_made_up_name_that_is_taken_is_made_up_again(int taken, bool isMade)
    {
        await using var server = await TestServer.StartAsync(wrap: store => new TakenNamesStore(store, taken));
        var (code, answer) = await server.SendAsync(HttpMethod.Post, Path, """{"metadata":{"generateName":"a-"}}""");
        Assert.Equal(isMade ? HttpStatusCode.Created : HttpStatusCode.Conflict, code);
        if (!isMade)
            Assert.EndsWith("already exists, the server was not able to generate a unique name for the object", answer.GetString("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repeated_owners_are_dropped_with_a_warning()
    {
        const string Owner = """{"apiVersion":"v1","kind":"Pod","name":"p","uid":"u"}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, Path)
        {
            Content = new StringContent($$$"""{"metadata":{"name":"a","ownerReferences":[{{{Owner}}},{{{Owner}}}]}}""", null, "application/json"),
        };
        using var response = await _server.Http.SendAsync(request);
        var made = (ObjectValue)Value.Parse(await response.Content.ReadAsByteArrayAsync());
        Assert.Single(made.GetObject("metadata")!.GetList("ownerReferences")!);
        Assert.StartsWith("299 - \".metadata.ownerReferences contains duplicate entries;", response.Headers.GetValues("Warning").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Jobs, "", "orphan", true)]
    [InlineData(Jobs, "?propagationPolicy=Orphan", "orphan", false)]
    [InlineData(Jobs, "?propagationPolicy=Background", null, false)]
    [InlineData("/api/v1/namespaces/default/replicationcontrollers", "", "orphan", false)]
    [InlineData("/apis/events.k8s.io/v1/namespaces/default/events", "?propagationPolicy=Foreground", null, false)]
    [InlineData(Path, "", null, false)]
    public async Task What_becomes_of_dependents_depends_on_the_kind(string path, string query, string? finalizer, bool isWarned)
    {
        await _server.SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/serviceaccounts", """{"metadata":{"name":"default"}}""");
        const string Template = """{"metadata":{"labels":{"a":"b"}},"spec":{"restartPolicy":"POLICY","containers":[{"name":"c","image":"i"}]}}""";
        var body = path switch
        {
            Jobs => $$$"""{"metadata":{"name":"a"},"spec":{"template":{{{Template.Replace("POLICY", "Never", StringComparison.Ordinal)}}}}}""",
            Path => """{"metadata":{"name":"a"}}""",
            _ when path.EndsWith("events", StringComparison.Ordinal) =>
                """{"metadata":{"name":"a"},"eventTime":"2026-11-23T12:00:00.000000Z","action":"A","reason":"R","type":"Normal","reportingController":"example.com/c","reportingInstance":"i","regarding":{"kind":"Pod","namespace":"default","name":"p"}}""",
            _ => $$$"""{"metadata":{"name":"a"},"spec":{"selector":{"a":"b"},"template":{{{Template.Replace("POLICY", "Always", StringComparison.Ordinal)}}}}}""",
        };
        var (created, made) = await _server.SendAsync(HttpMethod.Post, path, body);
        Assert.True(created == HttpStatusCode.Created, made.ToString());
        using var deleted = await _server.Http.DeleteAsync(new Uri($"{path}/a{query}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        Assert.Equal(isWarned, deleted.Headers.TryGetValues("Warning", out var warnings) && warnings.Single().StartsWith("299 - \"child pods are preserved", StringComparison.Ordinal));
        var (code, left) = await _server.SendAsync(HttpMethod.Get, path + "/a");
        Assert.Equal(finalizer is null ? HttpStatusCode.NotFound : HttpStatusCode.OK, code);
        if (finalizer is not null)
            Assert.Equal($"[\"{finalizer}\"]", left.GetObject("metadata")!["finalizers"]!.ToString());
    }

    [Fact]
    public async Task A_dry_run_of_a_delete_shows_the_mark()
    {
        await _server.SendAsync(HttpMethod.Post, Path, """{"metadata":{"name":"held","finalizers":["example.com/f"]}}""");
        var (_, shown) = await _server.SendAsync(HttpMethod.Delete, Path + "/held?dryRun=All");
        Assert.NotNull(shown.GetObject("metadata")!.GetString("deletionTimestamp"));
        var (_, stored) = await _server.SendAsync(HttpMethod.Get, Path + "/held");
        Assert.Null(stored.GetObject("metadata")!.GetString("deletionTimestamp"));
    }

    [Fact]
    public async Task An_eviction_may_be_a_dry_run_by_its_own_options()
    {
        await _server.SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/serviceaccounts", """{"metadata":{"name":"default"}}""");
        const string Pods = "/api/v1/namespaces/default/pods";
        await _server.SendAsync(HttpMethod.Post, Pods, """{"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}]}}""");
        var (code, status) = await _server.SendAsync(
            HttpMethod.Post, Pods + "/p/eviction",
            """{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"p"},"deleteOptions":{"dryRun":["All"]}}""");
        Assert.True(code == HttpStatusCode.Created, status.ToString());
        Assert.Equal(HttpStatusCode.OK, (await _server.SendAsync(HttpMethod.Get, Pods + "/p")).Code);
    }
}
