using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Xebec.ApiServer;
using Xebec.ComponentBase;
using Xebec.ComponentBase.Certificates;
using Xebec.Store.Sqlite;

namespace Xebec.Host.Clusters;

/// <summary>The API server over its embedded store.</summary>
internal sealed class ApiServerComponent : IAsyncDisposable
{
    private readonly SqliteStore _store;
    private readonly KubeApiServer _server;

    private ApiServerComponent(SqliteStore store, KubeApiServer server) => (_store, _server) = (store, server);

    /// <summary>Opens the store while the certificates are read or made, then serves.</summary>
    public static async Task<IAsyncDisposable> StartAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        PrivateFile.CreateFolder(context.DataFolder.Store);
        var storeOptions = new SqliteStoreOptions { Path = Path.Combine(context.DataFolder.Store, "state.db") };
        var logger = context.LoggerFactory.CreateLogger<SqliteStore>();
        var opening = SqliteStore.OpenAsync(storeOptions, context.TimeProvider, logger, cancellationToken);
        var options = Options(context);
        var store = await opening.ConfigureAwait(false);
        var component = new ApiServerComponent(store, await CreateAsync(options, store, context).ConfigureAwait(false));
        try
        {
            await component._server.StartAsync(cancellationToken).ConfigureAwait(false);
            context.InProcess.ApiServer = component._server;
            return component;
        }
        catch
        {
            await component.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<KubeApiServer> CreateAsync(KubeApiServerOptions options, SqliteStore store, ComponentContext context)
    {
        try
        {
            return new KubeApiServer(options, store, context.TimeProvider, context.LoggerFactory);
        }
        catch (ArgumentException e)
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw new HostException(e.Message, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync().ConfigureAwait(false);
        await _store.DisposeAsync().ConfigureAwait(false);
    }

    private static KubeApiServerOptions Options(ComponentContext context)
    {
        var authority = context.Certificates.Authority.Root;
        return new KubeApiServerOptions
        {
            Listen = new IPEndPoint(Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, context.State.Port),
            ServingCertificate = context.Certificates.Get(
                "apiserver", ClusterProfiles.ApiServer([System.Net.Dns.GetHostName(), context.State.NodeName], Machine.ServingAddresses)),
            ClientAuthority = X509CertificateLoader.LoadCertificate(authority.Certificate.RawData),
            AuthorityPem = authority.CertificatePem,
            ServiceAccountKey = context.Certificates.ServiceAccountKey,
            AdvertiseAddress = Machine.Address,
            EnableAdmissionPlugins = context.Options.EnableAdmissionPlugins,
            DisableAdmissionPlugins = context.Options.DisableAdmissionPlugins,
            Metrics = context.Metrics,
            KubeletClientCertificate = context.Certificates.Get("apiserver-kubelet-client", ClusterProfiles.ApiServerKubeletClient),
        };
    }
}
