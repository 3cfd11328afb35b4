using System.Net;
using Microsoft.Extensions.Logging;
using Xebec.ApiServer;
using Xebec.ComponentBase;
using Xebec.ComponentBase.Certificates;
using Xebec.Store.Sqlite;

namespace Xebec.Host.Clusters;

/// <summary>The API server with its store, as a component.</summary>
internal sealed class ApiServerComponent(SqliteStore store, KubeApiServer server) : IAsyncDisposable
{
    public static async Task<IAsyncDisposable> StartAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        PrivateFile.CreateFolder(context.DataFolder.Store);
        var store = await SqliteStore.OpenAsync(
            new SqliteStoreOptions { Path = Path.Combine(context.DataFolder.Store, "state.db") },
            context.TimeProvider, context.LoggerFactory.CreateLogger<SqliteStore>(), cancellationToken);
        var server = new KubeApiServer(Options(context), store, context.TimeProvider, context.LoggerFactory);
        var component = new ApiServerComponent(store, server);
        try
        {
            await server.StartAsync(cancellationToken);
        }
        catch
        {
            await component.DisposeAsync();
            throw;
        }

        context.InProcess.ApiServer = server;
        return component;
    }

    private static KubeApiServerOptions Options(ComponentContext context) => new()
    {
        Listen = new IPEndPoint(IPAddress.Any, context.State.Port),
        ServingCertificate = ClusterSession.ServingCertificate(context),
        ClientAuthority = context.Certificates.Authority.Root.Certificate,
        AuthorityPem = context.Certificates.Authority.Root.CertificatePem,
        ServiceAccountKey = context.Certificates.ServiceAccountKey,
        KubeletClientCertificate = context.Certificates.Get("apiserver-kubelet-client", ClusterProfiles.ApiServerKubeletClient),
        AdvertiseAddress = ClusterSession.NodeAddress(),
        Metrics = context.Metrics,
    };

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await store.DisposeAsync();
    }
}
