using Microsoft.Extensions.Logging;
using Xebec.Api;
using Xebec.ApiServer.Admission;
using Xebec.ApiServer.Admission.Matching;
using Xebec.ApiServer.Admission.Policies;
using Xebec.ApiServer.Admission.Quota;
using Xebec.ApiServer.Admission.Webhooks;
using Xebec.ApiServer.Aggregation;
using Xebec.ApiServer.Audit;
using Xebec.ApiServer.CustomResources;
using Xebec.ApiServer.Discovery;
using Xebec.ApiServer.Encryption;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Endpoints.Formats;
using Xebec.ApiServer.Filters;
using Xebec.ApiServer.FlowControl;
using Xebec.ApiServer.Proxy;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.Registry.Core;
using Xebec.ApiServer.Registry.Rbac;
using Xebec.ApiServer.WatchCache;
using Xebec.ApiServer.Webhooks;
using Xebec.ComponentBase.Health;
using Xebec.ComponentBase.Metrics;
using Xebec.Store;

namespace Xebec.ApiServer;

/// <summary>Puts a server together: the one place that knows every part.</summary>
internal sealed class ServerParts : IAsyncDisposable
{
    private readonly KubeletTransport _kubelets;

    private readonly ProxyTransport _proxies = new();

    private readonly AccessControl _access;

    private readonly AdmissionWebhooks _webhooks;
    private readonly WebhookClients _conversionClients;

    private readonly AuditLog? _audit;

    public ServerParts(KubeApiServerOptions options, IStore store, TimeProvider time, ILoggerFactory loggers)
    {
        (Metrics, Time) = (options.Metrics, time);
        _kubelets = new KubeletTransport(options);
        var encryption = options.Encryption is { } files ? new EncryptingStore(store, EncryptionConfiguration.Load(files.ConfigFile)) : null;
        store = encryption ?? store;
        Caches = new CacheSet(store, time, loggers.CreateLogger<CacheSet>());
        Catalog = BuiltInCatalog.Create(Caches, options, time);
        var access = _access = new AccessControl(options, Catalog, Caches, time, loggers);
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
        var matching = new MatchContext(admissionParts);
        var versions = new VersionedObjects(Catalog);
        _webhooks = new AdmissionWebhooks(admissionParts, matching, versions, options, Metrics, loggers);
        var policies = new AdmissionPolicies(admissionParts, matching, versions, Metrics);
        var admission = new AdmissionChain(PluginSelection.Choose(
            AdmissionTable.Create(admissionParts, quotas, policies, _webhooks), options.EnableAdmissionPlugins, options.DisableAdmissionPlugins));
        writer = new ResourceWriter(store, Caches, admission, time, encryption);
        var deleter = new ResourceDeleter(store, Caches, admission, time);
        var lists = new ListReader(Caches, store, time);
        var negotiation = new ContentNegotiation(new ResponseFormats(time));
        var reads = new ReadHandlers(Caches, lists, negotiation);
        var special = new SpecialHandlers();
        var services = new ServiceResolver(Catalog);
        var patches = new PatchReader(time);
        var scales = SpecialHandlerTable.Fill(
            special, reads, writer, deleter, patches, negotiation, Catalog, _kubelets, new SubresourceAdmission(admission),
            new ProxyHandlers(Caches, Catalog, services, _proxies, _kubelets, new SubresourceAdmission(admission)), time);
        access.AddHandlers(special, reads, negotiation);
        var resources = new ResourceEndpoints(
            special, reads, new WriteHandlers(writer, patches, negotiation), new DeleteHandlers(deleter, lists, negotiation),
            new WatchHandler(Caches, lists, options.Serving.MinRequestTimeout, time, Stopping.Token), negotiation, scales);
        Remote = new AggregationLayer(options, Catalog, services, time);
        Flow = new FlowControlLayer(options, Catalog, time);
        var others = new NonResourceEndpoints();
        NonResourceTable.Fill(others, this);
        access.AddPaths(others);
        Filters = new RequestFilters(options.Serving, time);
        _audit = options.Audit is { } audit ? new AuditLog(audit, Metrics, time, loggers.CreateLogger<AuditLog>()) : null;
        var auditor = _audit is null ? null : new Auditor(AuditPolicy.Load(options.Audit!.PolicyFile), _audit, Metrics, time);
        Pipeline = new RequestPipeline(
            Catalog, access.Authenticator, access.Impersonation, access.Authorizer, resources, others,
            Filters, Flow.Limits, Remote.Apis, Remote.Forwarder, auditor,
            new RequestMetrics(options.Metrics), time, loggers.CreateLogger<RequestPipeline>());
        Bootstrap = new BootstrapObjects(writer, Catalog, options);
        _conversionClients = new WebhookClients(services, options, time);
        Definitions = new DefinitionController(
            writer, deleter, Catalog, Caches, new ConversionWebhooks(_conversionClients), time, loggers.CreateLogger<DefinitionController>());
        Background.Add(Definitions.RunAsync);
        Background.Add(new ValidatingPolicyStatus(admissionParts, loggers.CreateLogger<ValidatingPolicyStatus>()).RunAsync);
        Background.Add(new ResourceQuotaStatus(admissionParts, quotas, loggers.CreateLogger<ResourceQuotaStatus>()).RunAsync);
        Background.Add(new ClusterRoleAggregation(writer, Catalog, time, loggers.CreateLogger<ClusterRoleAggregation>()).RunAsync);
        Background.AddRange(access.Controllers(writer, deleter));
        ExtensionAuthentication = Remote.Authentication(writer);
        FlowControl = new FlowControlBootstrap(writer, Catalog);
        Background.AddRange([.. Remote.Controllers(writer, deleter, loggers), .. Flow.Controllers(FlowControl, writer, loggers)]);
        if (encryption is not null && options.Encryption is { AutomaticReload: true } reloaded)
            Background.Add(new EncryptionReload(reloaded, encryption, Caches, Metrics, time, loggers.CreateLogger<EncryptionReload>()).RunAsync);
        AddHealthChecks(store);
    }

    public CancellationTokenSource Stopping { get; } = new();

    public CacheSet Caches { get; }

    public ResourceCatalog Catalog { get; }

    public RequestPipeline Pipeline { get; }

    public BootstrapObjects Bootstrap { get; }

    public FlowControlLayer Flow { get; }

    public DefinitionController Definitions { get; }

    public AggregationLayer Remote { get; }

    public ExtensionAuthentication ExtensionAuthentication { get; }

    public RequestFilters Filters { get; }

    public FlowControlBootstrap FlowControl { get; }

    /// <summary>What runs beside the requests until the server stops.</summary>
    public List<Func<CancellationToken, Task>> Background { get; } = [];

    public HealthChecks Livez { get; } = new("livez");

    public HealthChecks Readyz { get; } = new("readyz");

    public HealthChecks Healthz { get; } = new("healthz");

    public MetricsRegistry Metrics { get; }

    public TimeProvider Time { get; }

    /// <summary>Makes the objects every cluster has; when it returns, authorization knows them.</summary>
    public async Task BootstrapAsync(CancellationToken cancellationToken)
    {
        Definitions.ServeStored();
        await Task.WhenAll(Bootstrap.RunAsync(cancellationToken), FlowControl.RunAsync(cancellationToken));
        await ExtensionAuthentication.EnsureAsync(cancellationToken);
        await Caches.WaitUntilFreshAsync(cancellationToken);
        _ = _access.Rbac?.Index;
    }

    // Upstream's names, which probes ask for one by one.
    private void AddHealthChecks(IStore store)
    {
        foreach (var checks in new[] { Livez, Readyz, Healthz })
        {
            checks.Add(HealthCheck.Ping);
            checks.Add(StoreCheck.Create("etcd", store, Time));
        }

        Readyz.Add(StoreCheck.Create("etcd-readiness", store, Time));
        Readyz.Add(HealthCheck.FromFlag("informer-sync", () => Caches.Revision > 0, "the caches are not filled yet"));
        Readyz.Add(Filters.Shutdown.Check);
    }

    public async ValueTask DisposeAsync()
    {
        Definitions.Dispose();
        await Caches.DisposeAsync();
        Filters.Dispose();
        _kubelets.Dispose();
        _access.Dispose();
        _proxies.Dispose();
        _webhooks.Dispose();
        _conversionClients.Dispose();
        if (_audit is not null)
            await _audit.DisposeAsync();
        Stopping.Dispose();
    }
}
