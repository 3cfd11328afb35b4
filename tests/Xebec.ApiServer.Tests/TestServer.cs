using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.Client;
using Xebec.Store;
using Xebec.Store.Sqlite;

namespace Xebec.ApiServer.Tests;

/// <summary>A server over an in-memory store, reached in process as an administrator.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private const string Protection = "StorageObjectInUseProtection";
    private readonly SqliteStore _store;
    private readonly KubeApiServer _server;

    private TestServer(SqliteStore store, KubeApiServer server, FakeTimeProvider time)
    {
        (_store, _server, Time) = (store, server, time);
        Http = new HttpClient(server.InProcess(new UserInfo("admin", "system:masters", "system:authenticated")))
        {
            BaseAddress = new Uri("https://xebec.test"),
        };
    }

    public FakeTimeProvider Time { get; }

    public HttpClient Http { get; }

    /// <summary>Where it listens, when it does.</summary>
    public Uri? Address => _server.Address;

    /// <summary>A client that acts as somebody else.</summary>
    public HttpClient As(UserInfo user) => new(_server.InProcess(user)) { BaseAddress = new Uri("https://xebec.test") };

    /// <summary>Lets the store forget what was before a revision.</summary>
    public ValueTask CompactAsync(long revision) => _store.CompactAsync(revision);

    /// <param name="options">The server's options.</param>
    /// <param name="storePath">The store's file; null keeps it in memory.</param>
    /// <param name="wrap">Puts something around the store.</param>
    public static async Task<TestServer> StartAsync(
        KubeApiServerOptions? options = null, string? storePath = null, Func<IStore, IStore>? wrap = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        var store = await SqliteStore.OpenAsync(new SqliteStoreOptions { Path = storePath }, time, NullLogger<SqliteStore>.Instance);
        var server = new KubeApiServer(Adjusted(options ?? new KubeApiServerOptions()), wrap?.Invoke(store) ?? store, time, NullLoggerFactory.Instance);
        await server.StartAsync();
        return new TestServer(store, server, time);
    }

    // No controllers run here that would take the finalizers of claims and volumes away again.
    private static KubeApiServerOptions Adjusted(KubeApiServerOptions options) => options.EnableAdmissionPlugins.Contains(Protection)
        ? options
        : options with { DisableAdmissionPlugins = [.. options.DisableAdmissionPlugins, Protection] };

    public async Task<(HttpStatusCode Code, ObjectValue Body)> SendAsync(
        HttpMethod method, string path, string? body = null, string contentType = "application/json", string accept = "application/json")
    {
        return await SendAsync(Http, method, path, body, contentType, accept);
    }

    public static async Task<(HttpStatusCode Code, ObjectValue Body)> SendAsync(
        HttpClient http, HttpMethod method, string path, string? body = null, string contentType = "application/json", string accept = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using var response = await http.SendAsync(request);
        return (response.StatusCode, (ObjectValue)Value.Parse(await response.Content.ReadAsByteArrayAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        await _store.DisposeAsync();
    }
}
