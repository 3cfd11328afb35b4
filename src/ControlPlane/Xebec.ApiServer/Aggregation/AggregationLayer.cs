using Microsoft.Extensions.Logging;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Proxy;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.Aggregation;

/// <summary>The parts of the aggregation layer, put together.</summary>
internal sealed class AggregationLayer
{
    private readonly KubeApiServerOptions _options;
    private readonly ResourceCatalog _catalog;
    private readonly TimeProvider _time;

    public AggregationLayer(KubeApiServerOptions options, ResourceCatalog catalog, ServiceResolver services, TimeProvider time)
    {
        (_options, _catalog, _time) = (options, catalog, time);
        Apis = new RemoteApis(catalog, services, options, time);
        Documents = new RemoteDocuments(Apis);
        Forwarder = new RemoteForwarder(Apis);
    }

    /// <summary>What other servers serve.</summary>
    public RemoteApis Apis { get; }

    /// <summary>What they say of it.</summary>
    public RemoteDocuments Documents { get; }

    /// <summary>The way to them.</summary>
    public RemoteForwarder Forwarder { get; }

    /// <summary>What keeps the APIServices, until cancelled.</summary>
    public IEnumerable<Func<CancellationToken, Task>> Controllers(ResourceWriter writer, ResourceDeleter deleter, ILoggerFactory loggers) =>
    [
        new ApiServiceRegistration(writer, deleter, _catalog, _time, loggers.CreateLogger<ApiServiceRegistration>()).RunAsync,
        new ApiServiceAvailability(Apis, Documents, writer, _catalog, _time, loggers.CreateLogger<ApiServiceAvailability>()).RunAsync,
    ];

    /// <summary>What extension servers read to know whom to believe.</summary>
    public ExtensionAuthentication Authentication(ResourceWriter writer) => new(_options, writer, _catalog);
}
