using System.Net;
using Microsoft.Extensions.Logging;
using Xebec.Api.Core.V1;
using Xebec.ApiServer;
using Xebec.Client;
using Xebec.ComponentBase.Certificates;
using Xebec.ComponentBase.Metrics;
using Xebec.Host.Clusters;
using Xebec.Store.Sqlite;
using Xebec.Testing.Clocks;

namespace Xebec.Testing;

/// <summary>
/// A Kubernetes control plane inside the test's process: the real API server, controllers and scheduler over a store in memory. It opens
/// no port until <see cref="Kubeconfig"/> is asked for, needs no root, and leaves nothing behind. Any number may run side by side.
/// </summary>
public sealed partial class TestCluster : IAsyncDisposable
{
    private static readonly Uri InProcessAddress = new("https://kubernetes.default.svc");
    private readonly TestClusterOptions _options;
    private readonly SqliteStore _store;
    private readonly KubeApiServer _server;
    private readonly ClusterCertificates _certificates;
    private readonly RunningComponents _controllers;
    private readonly Lazy<ApiClient> _admin;
    private int _disposed;

    private TestCluster(TestClusterOptions options, ClusterClock time, SqliteStore store)
    {
        (_options, Time, _store) = (options, time, store);
        _certificates = ClusterCertificates.InMemory(TimeProvider.System);
        var serverOptions = new KubeApiServerOptions
        {
            ServiceAccountKey = _certificates.ServiceAccountKey,
            AdvertiseAddress = IPAddress.Loopback,
            ClientAuthority = _certificates.Authority.Root.Certificate,
            AuthorityPem = _certificates.Authority.Root.CertificatePem,
        };
        _server = new KubeApiServer(serverOptions, store, time, options.Loggers);
        _controllers = new RunningComponents(options.Loggers.CreateLogger("Xebec.Testing"));
        _admin = new Lazy<ApiClient>(() => Client("kubernetes-admin", "system:masters"));
        _listener = new Lazy<Uri>(Listen);
    }

    /// <summary>The cluster's clock, which tests move ahead.</summary>
    public ClusterClock Time { get; }

    /// <summary>Starts a cluster; when it returns, the default namespace has its service account, and the nodes asked for are ready.</summary>
    public static async Task<TestCluster> StartAsync(TestClusterOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new TestClusterOptions();
        TestCluster? cluster = null;
        var time = new ClusterClock(
            options.StartTime ?? TimeProvider.System.GetUtcNow(), TimeProvider.System, token => cluster!.SettleAsync(token));
        var logger = options.Loggers.CreateLogger<SqliteStore>();
        var store = await SqliteStore.OpenAsync(new SqliteStoreOptions(), time, logger, cancellationToken);
        cluster = new TestCluster(options, time, store);
        try
        {
            await cluster.StartPartsAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client as the cluster's administrator; the cluster disposes it.</summary>
    public ApiClient Client() => _admin.Value;

    /// <summary>
    /// A client as any user, as if authenticated: groups are added as a real login would, so that
    /// system:serviceaccount:NAMESPACE:NAME is in the groups of service accounts. The caller disposes it.
    /// </summary>
    public ApiClient Client(string user, params string[] groups) => new(
        new HttpMessageInvoker(HttpHandler(user, groups)),
        new ApiClientOptions { BaseAddress = InProcessAddress, UserAgent = "xebec-testing" },
        TimeProvider.System);

    /// <summary>
    /// A transport for any HTTP client, the official C# KubernetesClient among them: requests go to the API server without a socket, as
    /// the user given, or as the administrator. Any host name will do as the server's address.
    /// </summary>
    public DelegatingHandler HttpHandler(string user = "kubernetes-admin", params string[] groups) =>
        new ClusterHandler(_server.InProcess(TestUser.Of(user, groups)));

    /// <summary>Stops everything and removes what the cluster made.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await StopNodesAsync();
        await _controllers.DisposeAsync();
        if (_admin.IsValueCreated)
            _admin.Value.Dispose();
        await _server.DisposeAsync();
        await _store.DisposeAsync();
        Time.Stop();
        RemoveKubeconfigFile();
    }

    private async Task StartPartsAsync(CancellationToken cancellationToken)
    {
        await _server.StartAsync(cancellationToken);
        if (_options.Controllers)
        {
            await _controllers.StartAsync(ControlPlane.ClientsOfApiServer, ControllerContext(), cancellationToken);
            await WaitForAsync<ServiceAccount>("default", "default", cancellationToken: cancellationToken);
        }

        if (_options.Nodes > 0)
            await AddNodesAsync(_options.Nodes, cancellationToken: cancellationToken);
    }

    private ComponentContext ControllerContext()
    {
        // The components started here keep nothing on disk: the folder is a name that nobody opens.
        var options = new ClusterOptions { DataFolder = new DataFolder(Path.Combine(Path.GetTempPath(), "xebec-testing")) };
        var state = ClusterState.Create(port: 0, "testing");
        var context = new ComponentContext(options, state, _certificates, new MetricsRegistry(), _options.Loggers, Time);
        context.InProcess.ApiServer = _server;
        return context;
    }
}
