using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Xebec.Api.Core.V1;
using Xebec.ApiServer;
using Xebec.Client.Informers;
using Xebec.ComponentBase.Certificates;
using Xebec.Store.Sqlite;

namespace Xebec.Client.Tests;

/// <summary>The same client over real TLS, as a node on another machine uses it.</summary>
public sealed class RemoteServerTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xebec-client-").FullName;
    private ClusterCertificates _certificates = null!;
    private SqliteStore _store = null!;
    private KubeApiServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _certificates = ClusterCertificates.Open(_folder, TimeProvider.System);
        _store = await SqliteStore.OpenAsync(new SqliteStoreOptions(), TimeProvider.System, NullLogger<SqliteStore>.Instance);
        var options = new KubeApiServerOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            ServingCertificate = _certificates.Get("apiserver", ClusterProfiles.ApiServer(["localhost"], [IPAddress.Loopback])),
            ClientAuthority = _certificates.Authority.Root.Certificate,
        };
        _server = new KubeApiServer(options, _store, TimeProvider.System, NullLoggerFactory.Instance);
        await _server.StartAsync();
    }

    [Fact]
    public async Task ListsWatchesAndWritesWithAClientCertificate()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        using var client = Connect(_certificates.Get("admin", ClusterProfiles.Admin));
        var factory = new InformerFactory(client, TimeProvider.System, NullLoggerFactory.Instance);
        var informer = factory.For<ConfigMap>();
        var seen = new TaskCompletionSource<ConfigMap>();
        informer.AddHandler((_, c) =>
        {
            if (c?.Metadata.Name == "a")
                seen.TrySetResult(c);
        });
        factory.Start(stop.Token);
        await factory.WaitForSyncAsync(stop.Token);
        var created = await client.CreateAsync(new ConfigMap { Metadata = { Name = "a", Namespace = "default" } }, null, stop.Token);
        Assert.Equal(created.Metadata.Uid, (await seen.Task.WaitAsync(stop.Token)).Metadata.Uid);
        await stop.CancelAsync();
        await factory.StoppedAsync();
    }

    [Fact]
    public async Task AServerOfAnotherAuthorityIsRefused()
    {
        using var client = ApiClient.Connect(
            new ApiClientOptions { BaseAddress = _server.Address!, CertificateAuthorities = [] }, TimeProvider.System);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.ListAsync<ConfigMap>());
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private ApiClient Connect(RenewingCertificate identity) => ApiClient.Connect(
        new ApiClientOptions
        {
            BaseAddress = _server.Address!,
            CertificateAuthorities = [_certificates.Authority.Root.Certificate],
            ClientCertificate = () => identity.Current.Certificate,
        },
        TimeProvider.System);
}
