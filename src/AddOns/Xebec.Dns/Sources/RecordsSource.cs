using Microsoft.Extensions.Logging;
using Xebec.Api.Core.V1;
using Xebec.Api.Discovery.V1;
using Xebec.Client;
using Xebec.Client.Informers;
using Xebec.Client.Queues;
using Xebec.Dns.Records;

namespace Xebec.Dns.Sources;

/// <summary>Keeps the records equal to the cluster's Services: one Service at a time, only those that changed.</summary>
internal sealed class RecordsSource : IDisposable
{
    private const string ServiceNameLabel = "kubernetes.io/service-name";
    private readonly ClusterRecords records;
    private readonly WorkQueue<NamespacedName> changed;
    private readonly SharedInformer<Service> services;
    private readonly SharedInformer<EndpointSlice> slices;
    private readonly InformerIndex<EndpointSlice> slicesByService;

    public RecordsSource(InformerFactory informers, ClusterRecords records, TimeProvider time)
    {
        this.records = records;
        changed = new(time);
        services = informers.For<Service>();
        slices = informers.For<EndpointSlice>();
        slicesByService = slices.AddIndex((slice, keys) =>
        {
            if (ServiceOf(slice) is { } service) keys.Add(service.ToString());
        });
        services.AddHandler((before, after) => changed.Add(NamespacedName.Of((after ?? before)!)));
        slices.AddHandler((before, after) =>
        {
            if (before is not null && ServiceOf(before) is { } former) changed.Add(former);
            if (after is not null && ServiceOf(after) is { } present) changed.Add(present);
        });
    }

    /// <summary>Done when both caches hold their first list and the records say the same.</summary>
    public async Task WaitForSyncAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(services.Synced, slices.Synced).WaitAsync(cancellationToken);
        foreach (var service in services.Lister.List()) Refresh(NamespacedName.Of(service));
    }

    /// <summary>Follows changes until cancelled.</summary>
    public Task RunAsync(ILogger logger, CancellationToken cancellationToken)
    {
        Task<ReconcileResult> Reconcile(NamespacedName name, CancellationToken cancellation)
        {
            Refresh(name);
            return Task.FromResult(default(ReconcileResult));
        }

        return new Controller<NamespacedName>("dns", changed, Reconcile, logger, workers: 1).RunAsync(cancellationToken);
    }

    public void Dispose() => changed.Dispose();

    private void Refresh(NamespacedName name)
    {
        var service = services.Lister.Get(name);
        var read = service is null ? null : ServiceRecordsReader.Read(service, slicesByService.Get(name.ToString()));
        records.Set($"{name.Name}.{name.Namespace}", read);
    }

    private static NamespacedName? ServiceOf(EndpointSlice slice) =>
        slice.Metadata.Labels.TryGetValue(ServiceNameLabel, out var name) ? new(slice.Metadata.Namespace, name) : null;
}
