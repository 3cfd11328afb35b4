using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Xebec.ApiServer;
using Xebec.ApiServer.Configuration;
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
        var options = ApiServerSettings.Apply(Options(context), context.Options.ApiServerFlags);
        PrivateFile.CreateFolder(context.DataFolder.Store);
        var storeOptions = new SqliteStoreOptions { Path = Path.Combine(context.DataFolder.Store, "state.db") };
        var logger = context.LoggerFactory.CreateLogger<SqliteStore>();
        var opening = SqliteStore.OpenAsync(storeOptions, context.TimeProvider, logger, cancellationToken);
        var store = await opening.ConfigureAwait(false);
        var component = await CreateAsync(options, store, context).ConfigureAwait(false);
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

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync().ConfigureAwait(false);
        await _store.DisposeAsync().ConfigureAwait(false);
    }

    // What is wrong with the files and names that flags give shows when the server is put together.
    private static async Task<ApiServerComponent> CreateAsync(KubeApiServerOptions options, SqliteStore store, ComponentContext context)
    {
        try
        {
            return new ApiServerComponent(store, new KubeApiServer(options, store, context.TimeProvider, context.LoggerFactory));
        }
        catch (Exception e) when (e is ConfigurationException or ArgumentException or IOException)
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw new HostException(e.Message, e);
        }
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
            Metrics = context.Metrics,
            Serving = context.Options.Serving,
            RequestHeaderAuthority = context.Certificates.FrontProxyAuthority.Root.Certificate,
            RequestHeaderAllowedNames = [ClusterProfiles.FrontProxyClient.CommonName],
            ProxyClientCertificate = context.Certificates.FrontProxyClient,
            KubeletClientCertificate = context.Certificates.Get("apiserver-kubelet-client", ClusterProfiles.ApiServerKubeletClient),
        };
    }
}
