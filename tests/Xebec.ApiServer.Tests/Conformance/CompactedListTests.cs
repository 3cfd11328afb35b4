using System.Globalization;
using System.Net;
using Xebec.ApiMachinery.Values;
using Xebec.Tests;

namespace Xebec.ApiServer.Tests.Conformance;

public sealed class CompactedListTests
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    // Pages of the newest lists are held in memory: enough others drive one out, so that its revision is asked of the store.
    private const int Others = 20;

    [Fact]
    [Conformance("[sig-api-machinery] Servers with support for API chunking should support continue listing from the last key if the original version has been compacted away, though the list is inconsistent [Slow]")]
    public async Task A_list_whose_revision_is_gone_goes_on_behind_its_last_key_at_the_newest()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var name in new[] { "a", "b", "d", "e", "f" })
            await CreateAsync(server, name);
        var (_, first) = await server.SendAsync(HttpMethod.Get, ConfigMaps + "?limit=2");
        Assert.Equal(["a", "b"], Names(first));
        var newest = await CreateAsync(server, "c");
        await server.SendAsync(HttpMethod.Delete, ConfigMaps + "/e");
        for (var i = 0; i < Others; i++)
        {
            newest = await CreateAsync(server, "z" + i);
            await server.SendAsync(HttpMethod.Get, ConfigMaps + "?limit=1");
        }

        var (held, middle) = await server.SendAsync(HttpMethod.Get, ConfigMaps + "?continue=" + TokenOf(first));
        Assert.True(held == HttpStatusCode.OK, middle.ToString());
        Assert.Equal(["d", "e", "f"], Names(middle));
        await server.CompactAsync(newest);
        var (code, gone) = await server.SendAsync(HttpMethod.Get, ConfigMaps + "?limit=2&continue=" + TokenOf(first));
        Assert.True((code, gone.GetString("reason")) == (HttpStatusCode.Gone, "Expired"), gone.ToString());
        await AssertGoesOnAsync(server, KindClient.VersionOf(first), TokenOf(gone));
    }

    [Fact]
    public async Task A_revision_that_is_gone_is_told_to_those_who_ask_for_it()
    {
        await using var server = await TestServer.StartAsync();
        var old = await CreateAsync(server, "a");
        await server.CompactAsync(await CreateAsync(server, "b"));

        // A consistent list: until the cache has seen b, its newest state is the one asked for.
        await server.SendAsync(HttpMethod.Get, ConfigMaps);
        foreach (var query in new[] { "resourceVersionMatch=Exact", "limit=1" })
        {
            var (code, gone) = await server.SendAsync(HttpMethod.Get, $"{ConfigMaps}?resourceVersion={old}&{query}");
            Assert.Equal((HttpStatusCode.Gone, "Expired"), (code, gone.GetString("reason")));
            Assert.Equal("The resourceVersion for the provided list is too old.", gone.GetString("message"));
        }
    }

    private static async Task AssertGoesOnAsync(TestServer server, string before, string token)
    {
        var (code, page) = await server.SendAsync(HttpMethod.Get, ConfigMaps + "?limit=2&continue=" + token);
        Assert.True(code == HttpStatusCode.OK, page.ToString());
        Assert.Equal(["c", "d"], Names(page));
        Assert.NotEqual(before, KindClient.VersionOf(page));
        await CreateAsync(server, "late");
        var (_, rest) = await server.SendAsync(HttpMethod.Get, ConfigMaps + "?continue=" + TokenOf(page));
        Assert.Equal(KindClient.VersionOf(page), KindClient.VersionOf(rest));
        Assert.Equal("f", Names(rest)[0]);
        Assert.Equal(1 + Others, Names(rest).Length);
        Assert.DoesNotContain("late", Names(rest));
    }

    private static string[] Names(ObjectValue list) => [.. list.GetList("items")!.Select(item => KindClient.NameOf(item.AsObject()!))];

    private static string TokenOf(ObjectValue list) => list.GetObject("metadata")!.GetString("continue")!;

    private static async Task<long> CreateAsync(TestServer server, string name)
    {
        var (_, created) = await server.SendAsync(HttpMethod.Post, ConfigMaps, $$$"""{"metadata":{"name":"{{{name}}}"}}""");
        return long.Parse(KindClient.VersionOf(created), CultureInfo.InvariantCulture);
    }
}
