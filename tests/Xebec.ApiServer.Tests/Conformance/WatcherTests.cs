using System.Collections.Immutable;
using Xebec.ApiMachinery.Values;
using static Xebec.ApiServer.Tests.Conformance.KindClient;

namespace Xebec.ApiServer.Tests.Conformance;

/// <summary>What watchers see, and pages of lists that outlive their revision.</summary>
public sealed class WatcherTests(KindServer fixture) : IClassFixture<KindServer>
{
    [Fact]
    [Conformance("[sig-api-machinery] Watchers should observe add, update, and delete watch notifications on configmaps")]
    public async Task Watchers_with_selectors_see_what_matches()
    {
        var maps = await fixture.ClientAsync("", "v1", "configmaps");
        using var a = await maps.WatchAsync("labelSelector=conformance%3Da");
        using var b = await maps.WatchAsync("labelSelector=conformance%3Db");
        using var both = await maps.WatchAsync("labelSelector=conformance%20in%20(a,b)");
        var first = await maps.CreateAsync("a");
        await maps.PatchAsync(first, """{"data":{"mutation":"1"}}""");
        await maps.OkAsync(HttpMethod.Delete, maps.PathOf(first));
        var second = await maps.CreateAsync("b");
        await maps.OkAsync(HttpMethod.Delete, maps.PathOf(second));
        var (one, two) = (NameOf(first), NameOf(second));
        Assert.Equal([$"ADDED {one}", $"MODIFIED {one}", $"DELETED {one}"], await a.NextAsync(3));
        Assert.Equal([$"ADDED {two}", $"DELETED {two}"], await b.NextAsync(2));
        Assert.Equal([$"ADDED {one}", $"MODIFIED {one}", $"DELETED {one}", $"ADDED {two}", $"DELETED {two}"], await both.NextAsync(5));
    }

    [Fact]
    [Conformance("[sig-api-machinery] Watchers should be able to start watching from a specific resource version")]
    [Conformance("[sig-api-machinery] Watchers should be able to restart watching from the last resource version observed by the previous watch")]
    public async Task A_watch_goes_on_from_where_another_ended()
    {
        var maps = await fixture.ClientAsync("", "v1", "configmaps");
        var created = await maps.CreateAsync();
        var first = await maps.PatchAsync(created, """{"data":{"mutation":"1"}}""");
        string last;
        using (var watch = await maps.WatchAsync("resourceVersion=" + VersionOf(created)))
        {
            var (type, item) = await watch.NextAsync();
            Assert.Equal(("MODIFIED", first.ToString()), (type, item.ToString()));
            last = VersionOf(item);
        }

        var second = await maps.PatchAsync(created, """{"data":{"mutation":"2"}}""");
        await maps.OkAsync(HttpMethod.Delete, maps.PathOf(created));
        using var again = await maps.WatchAsync("resourceVersion=" + last);
        Assert.Equal(second.ToString(), (await again.NextAsync()).Object.ToString());
        Assert.Equal(["DELETED " + NameOf(created)], await again.NextAsync(1));
    }

    [Fact]
    [Conformance("[sig-api-machinery] Watchers should observe an object deletion if it stops meeting the requirements of the selector")]
    public async Task An_object_that_no_longer_matches_is_deleted_for_its_watcher()
    {
        var maps = await fixture.ClientAsync("", "v1", "configmaps");
        using var watch = await maps.WatchAsync("labelSelector=conformance%3Dhere");
        var created = await maps.CreateAsync("here");
        await maps.PatchAsync(created, """{"metadata":{"labels":{"conformance":"away"}}}""");
        await maps.PatchAsync(created, """{"data":{"mutation":"unseen"}}""");
        await maps.PatchAsync(created, """{"metadata":{"labels":{"conformance":"here"}}}""");
        await maps.PatchAsync(created, """{"data":{"mutation":"seen"}}""");
        await maps.OkAsync(HttpMethod.Delete, maps.PathOf(created));
        var name = NameOf(created);
        Assert.Equal([$"ADDED {name}", $"DELETED {name}", $"ADDED {name}", $"MODIFIED {name}", $"DELETED {name}"], await watch.NextAsync(5));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1")]
    public async Task What_no_longer_matches_is_shown_as_it_last_matched_at_the_revision_of_the_change(string accept)
    {
        var maps = await fixture.ClientAsync("", "v1", "configmaps");
        using var watch = await WatchReader.StartAsync(fixture.Server.Http, maps.Path + "?watch=1&labelSelector=conformance%3Dhere", accept);
        var created = await maps.CreateAsync("here");
        var changed = await maps.PatchAsync(created, """{"metadata":{"labels":{"conformance":"away"}}}""");
        await watch.NextAsync();
        var (type, item) = await watch.NextAsync();
        Assert.Equal(("DELETED", "here", VersionOf(changed)), (type, LabelOf(item, "conformance"), VersionOf(item)));
    }

    [Fact]
    [Conformance("[sig-api-machinery] Watchers should receive events on concurrent watches in same order")]
    public async Task Watches_begun_at_any_event_agree_on_what_follows()
    {
        const int Writes = 30;
        var maps = await fixture.ClientAsync("", "v1", "configmaps");
        var start = VersionOf(await maps.OkAsync(HttpMethod.Get, maps.Path));
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < Writes / 3; i++)
            {
                var created = await maps.CreateAsync();
                await maps.PatchAsync(created, """{"data":{"mutation":"1"}}""");
                await maps.OkAsync(HttpMethod.Delete, maps.PathOf(created));
            }
        });
        using var stop = new CancellationTokenSource();
        var ticking = TickAsync(stop.Token);
        using var first = await maps.WatchAsync("resourceVersion=" + start);
        var versions = ImmutableArray<string>.Empty;
        var others = new List<(int From, WatchReader Watch)>();
        for (var i = 0; i < Writes; i++)
        {
            versions = versions.Add(VersionOf((await first.NextAsync()).Object));
            others.Add((i + 1, await maps.WatchAsync("resourceVersion=" + versions[i])));
        }

        await writing;
        foreach (var (from, watch) in others)
            using (watch)
                for (var i = from; i < Writes; i++)
                    Assert.Equal(versions[i], VersionOf((await watch.NextAsync()).Object));
        await stop.CancelAsync();
        await ticking;
    }

    // Many watchers of a kind are woken in rounds of some milliseconds of the server's clock.
    private async Task TickAsync(CancellationToken stop)
    {
        for (; !stop.IsCancellationRequested; await Task.Delay(1))
            fixture.Server.Time.Advance(TimeSpan.FromMilliseconds(5));
    }

    [Fact]
    [Conformance("[sig-api-machinery] Servers with support for API chunking should return chunks of results for list calls")]
    public async Task Pages_say_how_many_follow_and_are_of_one_revision()
    {
        const int All = 40;
        var templates = await fixture.ClientAsync("", "v1", "podtemplates");
        for (var i = 0; i < All; i++)
            await templates.CreateAsync();
        var (seen, query, version) = (0, "?limit=7", "");
        while (query.Length > 0)
        {
            var page = await templates.OkAsync(HttpMethod.Get, templates.Path + query);
            var metadata = page.GetObject("metadata")!;
            version = version.Length == 0 ? VersionOf(page) : version;
            Assert.Equal(version, VersionOf(page));
            seen += page.GetList("items")!.Count;
            Assert.Equal(All - seen, metadata["remainingItemCount"]?.AsInt64() ?? 0);
            query = metadata.GetString("continue") is { Length: > 0 } token ? "?limit=7&continue=" + token : "";
            await templates.CreateAsync("late");
        }

        Assert.Equal(All, seen);
        Assert.Equal(All, (await templates.ListAsync("?labelSelector=%21conformance")).Count);
    }

    [Fact]
    [Conformance("[sig-api-machinery] server version should find the server version")]
    public async Task The_version_is_two_numbers()
    {
        var (_, version) = await fixture.Server.SendAsync(HttpMethod.Get, "/version");
        Assert.Matches("^[0-9]+$", version.GetString("major"));
        Assert.Matches("^[0-9]+$", version.GetString("minor"));
    }

    [Fact]
    [Conformance("[sig-api-machinery] Servers with support for Table transformation should return a 406 for a backend which does not implement metadata")]
    public async Task A_review_has_no_table()
    {
        var reviews = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
        var (code, status) = await fixture.Server.SendAsync(
            HttpMethod.Post, reviews, """{"spec":{"nonResourceAttributes":{"path":"/","verb":"get"}}}""",
            accept: "application/json;as=Table;v=v1;g=meta.k8s.io");
        Assert.True((int)code == 406, status.ToString());
        Assert.Equal("NotAcceptable", status.GetString("reason"));
    }

    [Fact]
    [Conformance("[sig-api-machinery] Discovery should validate PreferredVersion for each APIGroup")]
    [Conformance("[sig-api-machinery] Discovery should locate the groupVersion and a resource within each APIGroup")]
    public async Task Each_group_prefers_a_version_that_it_serves_with_resources()
    {
        var (_, groups) = await fixture.Server.SendAsync(HttpMethod.Get, "/apis");
        Assert.NotEmpty(groups.GetList("groups")!);
        foreach (var group in groups.GetList("groups")!.Select(one => one.AsObject()!))
        {
            var preferred = group.GetObject("preferredVersion")!.GetString("groupVersion")!;
            Assert.Contains(group.GetList("versions")!, version => version.AsObject()!.GetString("groupVersion") == preferred);
            foreach (var version in group.GetList("versions")!.Select(one => one.AsObject()!.GetString("groupVersion")!))
            {
                var (_, resources) = await fixture.Server.SendAsync(HttpMethod.Get, "/apis/" + version);
                Assert.Equal(("APIResourceList", version), (resources.GetString("kind"), resources.GetString("groupVersion")));
                Assert.NotEmpty(resources.GetList("resources")!);
            }
        }
    }

    [Fact]
    [Conformance("[sig-api-machinery] AggregatedDiscovery should support raw aggregated discovery endpoint Accept headers")]
    public async Task Aggregated_discovery_is_chosen_by_the_Accept_header()
    {
        foreach (var path in new[] { "/api", "/apis" })
        {
            foreach (var version in new[] { "v2", "v2beta1" })
            {
                var accept = $"application/json;g=apidiscovery.k8s.io;v={version};as=APIGroupDiscoveryList,application/json";
                var (_, document) = await fixture.Server.SendAsync(HttpMethod.Get, path, accept: accept);
                Assert.Equal("APIGroupDiscoveryList", document.GetString("kind"));
                Assert.StartsWith("apidiscovery.k8s.io/v2", document.GetString("apiVersion"), StringComparison.Ordinal);
                Assert.NotEmpty(document.GetList("items")!);
            }
        }
    }
}
