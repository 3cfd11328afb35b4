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
    private readonly ClusterRecords _records;
    private readonly WorkQueue<NamespacedName> _changed;
    private readonly SharedInformer<Service> _services;
    private readonly SharedInformer<EndpointSlice> _slices;
    private readonly InformerIndex<EndpointSlice> _slicesByService;

    public RecordsSource(InformerFactory informers, ClusterRecords records, TimeProvider time)
    {
        _records = records;
        _changed = new(time);
        _services = informers.For<Service>();
        _slices = informers.For<EndpointSlice>();
        _slicesByService = _slices.AddIndex((slice, keys) =>
        {
            if (ServiceOf(slice) is { } service) keys.Add(service.ToString());
        });
        _services.AddHandler((before, after) => _changed.Add(NamespacedName.Of((after ?? before)!)));
        _slices.AddHandler((before, after) =>
        {
            if (before is not null && ServiceOf(before) is { } former) _changed.Add(former);
            if (after is not null && ServiceOf(after) is { } present) _changed.Add(present);
        });
    }

    /// <summary>Done when both caches hold their first list and the records say the same.</summary>
    public async Task WaitForSyncAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_services.Synced, _slices.Synced).WaitAsync(cancellationToken);
        foreach (var service in _services.Lister.List()) Refresh(NamespacedName.Of(service));
    }

    /// <summary>Follows changes until cancelled.</summary>
    public Task RunAsync(ILogger logger, CancellationToken cancellationToken)
    {
        Task<ReconcileResult> Reconcile(NamespacedName name, CancellationToken cancellation)
        {
            Refresh(name);
            return Task.FromResult(default(ReconcileResult));
        }

        return new Controller<NamespacedName>("dns", _changed, Reconcile, logger, workers: 1).RunAsync(cancellationToken);
    }

    public void Dispose() => _changed.Dispose();

    private void Refresh(NamespacedName name)
    {
        var service = _services.Lister.Get(name);
        var read = service is null ? null : ServiceRecordsReader.Read(service, _slicesByService.Get(name.ToString()));
        _records.Set($"{name.Name}.{name.Namespace}", read);
    }

    private static NamespacedName? ServiceOf(EndpointSlice slice) =>
        slice.Metadata.Labels.TryGetValue(ServiceNameLabel, out var name) ? new(slice.Metadata.Namespace, name) : null;
}
