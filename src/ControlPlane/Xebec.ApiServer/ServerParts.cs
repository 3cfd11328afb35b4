using Microsoft.Extensions.Logging;
using Xebec.Api;
using Xebec.ApiServer.Admission;
using Xebec.ApiServer.Admission.Quota;
using Xebec.ApiServer.Aggregation;
using Xebec.ApiServer.Discovery;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Endpoints.Formats;
using Xebec.ApiServer.Filters;
using Xebec.ApiServer.FlowControl;
using Xebec.ApiServer.Proxy;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.Registry.Rbac;
using Xebec.ApiServer.WatchCache;
using Xebec.ComponentBase.Health;
using Xebec.ComponentBase.Metrics;
using Xebec.Store;

namespace Xebec.ApiServer;

/// <summary>Puts a server together: the one place that knows every part.</summary>
internal sealed class ServerParts : IAsyncDisposable
{
    private readonly KubeletTransport _kubelets;

    private readonly AccessControl _access;

    public ServerParts(KubeApiServerOptions options, IStore store, TimeProvider time, ILoggerFactory loggers)
    {
        Metrics = options.Metrics;
        _kubelets = new KubeletTransport(options);
        Caches = new CacheSet(store, time, loggers.CreateLogger<CacheSet>());
        Catalog = BuiltInCatalog.Create(Caches, options);
        var access = _access = new AccessControl(options, Catalog, Caches, time);
        ResourceWriter writer = null!;
        var admissionParts = new AdmissionParts
        {
            Catalog = Catalog,
            Caches = Caches,
            Authorizer = access.Authorizer,
            Rbac = access.Rbac,
            Time = time,
            ServiceAccounts = options.ServiceAccountKey is not null,
            Writer = () => writer,
        };
        var quotas = new QuotaLedger(admissionParts);
        var admission = new AdmissionChain(AdmissionTable.Create(admissionParts, quotas));
        writer = new ResourceWriter(store, Caches, admission, time);
        var deleter = new ResourceDeleter(store, Caches, admission, time);
        var lists = new ListReader(Caches, store, time);
        var negotiation = new ContentNegotiation(new ResponseFormats(time));
        var reads = new ReadHandlers(Caches, lists, negotiation);
        var special = new SpecialHandlers();
        var patches = new PatchReader(time);
        SpecialHandlerTable.Fill(special, reads, writer, deleter, patches, negotiation, Catalog, _kubelets, time);
        access.AddHandlers(special, reads, negotiation);
        var resources = new ResourceEndpoints(
            special, reads, new WriteHandlers(writer, patches, negotiation), new DeleteHandlers(deleter, lists, negotiation),
            new WatchHandler(Caches, lists, options.Serving.MinRequestTimeout, time, Stopping.Token), negotiation);
        Remotes = new RemoteApis(Catalog, new ServiceResolver(Catalog), options, time);
        RemoteDocuments = new RemoteDocuments(Remotes);
        Forwarder = new RemoteForwarder(Remotes);
        var others = new NonResourceEndpoints();
        NonResourceTable.Fill(others, this);
        access.AddPaths(others);
        Filters = new RequestFilters(options.Serving, time);
        var flow = new FlowMetrics(options.Metrics);
        var fair = options.Serving.EnablePriorityAndFairness ? new FlowController(options.Serving, Catalog, flow, time) : null;
        Pipeline = new RequestPipeline(
            Catalog, access.Authenticator, access.Impersonation, access.Authorizer, resources, others,
            Filters, new RequestLimits(fair, new MaxInFlight(options.Serving)), Remotes, Forwarder, new RequestMetrics(options.Metrics), time, loggers.CreateLogger<RequestPipeline>());
        Bootstrap = new BootstrapObjects(writer, Catalog, options);
        QuotaStatus = new ResourceQuotaStatus(admissionParts, quotas, loggers.CreateLogger<ResourceQuotaStatus>());
        Aggregation = new ClusterRoleAggregation(writer, Catalog, time, loggers.CreateLogger<ClusterRoleAggregation>());
        Background.Add(new ApiServiceRegistration(writer, deleter, Catalog, time, loggers.CreateLogger<ApiServiceRegistration>()).RunAsync);
        Background.Add(new ApiServiceAvailability(
            Remotes, RemoteDocuments, writer, Catalog, time, loggers.CreateLogger<ApiServiceAvailability>()).RunAsync);
        ExtensionAuthentication = new ExtensionAuthentication(options, writer, Catalog);
        FlowControl = new FlowControlBootstrap(writer, Catalog);
        Background.Add(new FlowControlMaintenance(FlowControl, writer, Catalog, time, loggers.CreateLogger<FlowControlMaintenance>()).RunAsync);
        if (fair is not null)
            Background.Add(new SeatAdjustment(fair, flow, time).RunAsync);
        Readyz.Add(Filters.Shutdown.Check);
        Readyz.Add(new HealthCheck("ping", _ => ValueTask.FromResult<string?>(null)));
        Livez.Add(new HealthCheck("ping", _ => ValueTask.FromResult<string?>(null)));
    }

    public CancellationTokenSource Stopping { get; } = new();

    public CacheSet Caches { get; }

    public ResourceCatalog Catalog { get; }

    public RequestPipeline Pipeline { get; }

    public BootstrapObjects Bootstrap { get; }

    public ClusterRoleAggregation Aggregation { get; }

    public ResourceQuotaStatus QuotaStatus { get; }

    public RemoteApis Remotes { get; }

    public RemoteDocuments RemoteDocuments { get; }

    public RemoteForwarder Forwarder { get; }

    public ExtensionAuthentication ExtensionAuthentication { get; }

    public RequestFilters Filters { get; }

    public FlowControlBootstrap FlowControl { get; }

    /// <summary>What runs beside the requests until the server stops.</summary>
    public List<Func<CancellationToken, Task>> Background { get; } = [];

    public HealthChecks Livez { get; } = new("livez");

    public HealthChecks Readyz { get; } = new("readyz");

    public HealthChecks Healthz { get; } = new("healthz");

    public MetricsRegistry Metrics { get; }

    /// <summary>Makes the objects every cluster has; when it returns, authorization knows them.</summary>
    public async Task BootstrapAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Bootstrap.RunAsync(cancellationToken), FlowControl.RunAsync(cancellationToken));
        await ExtensionAuthentication.EnsureAsync(cancellationToken);
        await Caches.WaitUntilFreshAsync(cancellationToken);
        _ = _access.Rbac?.Index;
    }

    public async ValueTask DisposeAsync()
    {
        await Caches.DisposeAsync();
        Filters.Dispose();
        _kubelets.Dispose();
        Stopping.Dispose();
    }
}
