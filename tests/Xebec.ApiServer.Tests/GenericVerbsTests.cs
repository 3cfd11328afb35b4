using System.Net;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests;

public sealed class GenericVerbsTests
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task An_object_is_created_read_changed_and_deleted()
    {
        await using var server = await TestServer.StartAsync();
        var (code, created) = await server.SendAsync(HttpMethod.Post, ConfigMaps, """{"metadata":{"name":"a"},"data":{"k":"v"}}""");
        Assert.Equal(HttpStatusCode.Created, code);
        Assert.Equal("ConfigMap", created.GetString("kind"));
        Assert.NotNull(created.GetObject("metadata")!.GetString("uid"));
        var (_, read) = await server.SendAsync(HttpMethod.Get, ConfigMaps + "/a");
        Assert.True(created.DeepEquals(read), $"{created} is not {read}");
        read.GetOrAddObject("data")["k"] = "w";
        var (_, updated) = await server.SendAsync(HttpMethod.Put, ConfigMaps + "/a", read.ToString());
        Assert.NotEqual(Version(created), Version(updated));
        var (conflict, status) = await server.SendAsync(HttpMethod.Put, ConfigMaps + "/a", created.ToString());
        Assert.Equal(HttpStatusCode.Conflict, conflict);
        Assert.Equal("Conflict", status.GetString("reason"));
        var (deleted, _) = await server.SendAsync(HttpMethod.Delete, ConfigMaps + "/a");
        Assert.Equal(HttpStatusCode.OK, deleted);
        var (gone, _) = await server.SendAsync(HttpMethod.Get, ConfigMaps + "/a");
        Assert.Equal(HttpStatusCode.NotFound, gone);
    }

    [Fact]
    public async Task A_watch_from_a_list_sees_every_later_change()
    {
        await using var server = await TestServer.StartAsync();
        var (_, list) = await server.SendAsync(HttpMethod.Get, ConfigMaps);
        using var response = await server.Http.GetAsync(
            $"{ConfigMaps}?watch=true&resourceVersion={Version(list)}", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        await server.SendAsync(HttpMethod.Post, ConfigMaps, """{"metadata":{"name":"a"}}""");
        await server.SendAsync(HttpMethod.Delete, ConfigMaps + "/a");
        var first = (ObjectValue)Value.Parse((await lines.ReadLineAsync())!);
        var second = (ObjectValue)Value.Parse((await lines.ReadLineAsync())!);
        Assert.Equal(("ADDED", "DELETED"), (first.GetString("type"), second.GetString("type")));
    }

    [Fact]
    public async Task Pages_of_a_list_are_one_consistent_view()
    {
        await using var server = await TestServer.StartAsync();
        for (var i = 0; i < 5; i++)
            await server.SendAsync(HttpMethod.Post, ConfigMaps, $$$"""{"metadata":{"name":"c{{{i}}}"}}""");
        var (_, first) = await server.SendAsync(HttpMethod.Get, ConfigMaps + "?limit=2");
        await server.SendAsync(HttpMethod.Delete, ConfigMaps + "/c3");
        var token = first.GetObject("metadata")!.GetString("continue");
        var (_, rest) = await server.SendAsync(HttpMethod.Get, $"{ConfigMaps}?limit=10&continue={token}");
        Assert.Equal(Version(first), Version(rest));
        Assert.Equal(["c2", "c3", "c4"], rest.GetList("items")!.Select(i => i.AsObject()!.GetObject("metadata")!.GetString("name")));
    }

    private static string? Version(ObjectValue item) => item.GetObject("metadata")!.GetString("resourceVersion");
}
