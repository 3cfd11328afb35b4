namespace Xebec.ApiServer.Tests.Endpoints;

public sealed class LongAnswersTests
{
    private const string Path = "/api/v1/namespaces/default/configmaps";
    private static readonly int Many = Environment.ProcessorCount * 4;

    [Fact]
    public async Task Many_at_once_are_each_whole()
    {
        await using var server = await StartAsync();
        var alone = await server.Http.GetStringAsync(Path);
        var together = await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => Task.Run(() => server.Http.GetStringAsync(Path))));
        Assert.All(together, body => Assert.Equal(alone, body));
        var tables = await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => Task.Run(() => TableAsync(server))));
        Assert.All(tables, rows => Assert.Equal(20, rows));
    }

    [Fact]
    public async Task Those_that_nobody_reads_hold_up_no_other()
    {
        await using var server = await StartAsync();
        var unread = new List<HttpResponseMessage>();
        for (var i = 0; i < Many; i++)
            unread.Add(await server.Http.GetAsync(Path, HttpCompletionOption.ResponseHeadersRead));
        Assert.EndsWith("]}\n", await server.Http.GetStringAsync(Path), StringComparison.Ordinal);
        foreach (var response in unread)
            response.Dispose();
        Assert.EndsWith("]}\n", await server.Http.GetStringAsync(Path), StringComparison.Ordinal);
    }

    private static async Task<int> TableAsync(TestServer server)
    {
        var (_, table) = await server.SendAsync(HttpMethod.Get, Path, accept: "application/json;as=Table;v=v1;g=meta.k8s.io");
        return table.GetList("rows")!.Count;
    }

    // Twenty objects of 100 KB: several pieces, and more than a pipe holds that nobody reads.
    private static async Task<TestServer> StartAsync()
    {
        var server = await TestServer.StartAsync();
        var text = new string('x', 100_000);
        for (var i = 0; i < 20; i++)
            await server.SendAsync(HttpMethod.Post, Path, $$$"""{"metadata":{"name":"long-{{{i}}}"},"data":{"text":"{{{text}}}"}}""");
        return server;
    }
}
