using Xebec.Api.Core.V1;
using Xebec.Api.Discovery.V1;
using Xebec.Client;
using Xebec.Client.Informers;
using Xebec.Client.Queues;
using Xebec.Proxy.Rules;

namespace Xebec.Proxy.Sources;

/// <summary>Collects the keys of Services that changed, and gives their state out of the informers' caches.</summary>
internal sealed class ServiceSource : IDisposable
{
    private readonly WorkQueue<string> changed;
    private readonly SharedInformer<Service> services;
    private readonly SharedInformer<EndpointSlice> slices;
    private readonly InformerIndex<EndpointSlice> slicesByService;

    public ServiceSource(InformerFactory informers, TimeProvider time)
    {
        changed = new(time);
        services = informers.For<Service>();
        slices = informers.For<EndpointSlice>();
        slicesByService = slices.AddIndex((slice, keys) =>
        {
            if (EndpointSliceReader.ServiceKeyOf(slice) is { } key) keys.Add(key);
        });
        services.AddHandler((before, after) => changed.Add(NamespacedName.Of((after ?? before)!).ToString()));
        slices.AddHandler((before, after) =>
        {
            if (before is not null) Add(before);
            if (after is not null) Add(after);
        });
    }

    /// <summary>Done when both caches hold their first list.</summary>
    public Task WaitForSyncAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(services.Synced, slices.Synced).WaitAsync(cancellationToken);

    /// <summary>Waits for a change, then gives every Service that changed since (null: it is gone or has no rules).</summary>
    public async Task<Dictionary<string, ServiceState?>> TakeAsync(bool wait, CancellationToken cancellationToken)
    {
        var states = new Dictionary<string, ServiceState?>();
        while ((wait && states.Count == 0) || changed.Count > 0)
        {
            var (taken, key) = await changed.TakeAsync(cancellationToken);
            if (!taken) break;
            states[key] = StateOf(key);
            changed.Done(key);
        }

        return states;
    }

    public void Dispose() => changed.Dispose();

    private void Add(EndpointSlice slice)
    {
        if (EndpointSliceReader.ServiceKeyOf(slice) is { } key) changed.Add(key);
    }

    private ServiceState? StateOf(string key)
    {
        var slash = key.IndexOf('/');
        var service = services.Lister.Get(key[..slash], key[(slash + 1)..]);
        return service is null || ServiceReader.Read(service) is not { } read
            ? null
            : new(read, [.. slicesByService.Get(key).Select(EndpointSliceReader.Read).OrderBy(slice => slice.Name, StringComparer.Ordinal)]);
    }
}
