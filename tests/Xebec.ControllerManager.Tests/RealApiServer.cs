using Microsoft.Extensions.Logging.Abstractions;
using Xebec.ApiServer;
using Xebec.ApiServer.Authentication;
using Xebec.Client;
using Xebec.Store.Sqlite;

namespace Xebec.ControllerManager.Tests;

/// <summary>The project's API server over an in-memory store, reached in process.</summary>
internal sealed class RealApiServer : IAsyncDisposable
{
    private readonly SqliteStore _store;
    private readonly KubeApiServer _server;

    private RealApiServer(SqliteStore store, KubeApiServer server)
    {
        (_store, _server) = (store, server);
        var handler = server.InProcess(new UserInfo("admin", "system:masters", "system:authenticated"));
        Client = new ApiClient(
            new HttpMessageInvoker(handler), new ApiClientOptions { BaseAddress = new Uri("https://xebec.test") }, TimeProvider.System);
    }

    public ApiClient Client { get; }

    public static async Task<RealApiServer> StartAsync()
    {
        var store = await SqliteStore.OpenAsync(new SqliteStoreOptions(), TimeProvider.System, NullLogger<SqliteStore>.Instance);
        var server = new KubeApiServer(new KubeApiServerOptions(), store, TimeProvider.System, NullLoggerFactory.Instance);
        await server.StartAsync();
        return new RealApiServer(store, server);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        await _store.DisposeAsync();
    }
}
