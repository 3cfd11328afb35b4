using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Xebec.ApiServer;
using Xebec.Client.Tests.Fakes;
using Xebec.ComponentBase.Certificates;
using Xebec.Store.Sqlite;

namespace Xebec.Client.Tests.Informers;

/// <summary>A server over TLS and a store on disk, behind a relay: it can be stopped, started again and put back to an older state.</summary>
internal sealed class RestartableServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xebec-client-").FullName;
    private readonly ClusterCertificates _certificates = ClusterCertificates.InMemory(TimeProvider.System);
    private SqliteStore? _store;
    private KubeApiServer? _server;

    public TcpRelay Relay { get; } = new();

    private string StorePath => Path.Combine(_folder, "state.db");

    public async Task StartAsync()
    {
        _store = await SqliteStore.OpenAsync(
            new SqliteStoreOptions { Path = StorePath }, TimeProvider.System, NullLogger<SqliteStore>.Instance);
        var options = new KubeApiServerOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            ServingCertificate = _certificates.Get("apiserver", ClusterProfiles.ApiServer([], [])),
            ClientAuthority = _certificates.Authority.Root.Certificate,
        };
        _server = new KubeApiServer(options, _store, TimeProvider.System, NullLoggerFactory.Instance);
        await _server.StartAsync();
        Relay.TargetPort = _server.Address!.Port;
    }

    public async Task StopAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        if (_store is not null)
            await _store.DisposeAsync();
        (_server, _store) = (null, null);
    }

    /// <summary>Keeps the state of a stopped server.</summary>
    public void BackUp() => File.Copy(StorePath, StorePath + ".backup");

    /// <summary>Puts the state kept back, as an administrator restores a snapshot; the server must be stopped.</summary>
    public void Restore()
    {
        foreach (var file in Directory.GetFiles(_folder, "state.db-*"))
            File.Delete(file);
        File.Copy(StorePath + ".backup", StorePath, overwrite: true);
    }

    /// <summary>A client through the relay, or straight to the server that runs now.</summary>
    public ApiClient Connect(bool throughRelay) => ApiClient.Connect(
        new ApiClientOptions
        {
            BaseAddress = throughRelay ? Relay.Address : _server!.Address!,
            CertificateAuthorities = [_certificates.Authority.Root.Certificate],
            ClientCertificate = () => _certificates.Get("admin", ClusterProfiles.Admin).Current.Certificate,
            PingDelay = TimeSpan.FromSeconds(1),
        },
        TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await Relay.DisposeAsync();
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
