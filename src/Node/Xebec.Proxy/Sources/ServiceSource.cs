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
    private readonly WorkQueue<string> _changed;
    private readonly SharedInformer<Service> _services;
    private readonly SharedInformer<EndpointSlice> _slices;
    private readonly InformerIndex<EndpointSlice> _slicesByService;

    public ServiceSource(InformerFactory informers, TimeProvider time)
    {
        _changed = new(time);
        _services = informers.For<Service>();
        _slices = informers.For<EndpointSlice>();
        _slicesByService = _slices.AddIndex((slice, keys) =>
        {
            if (EndpointSliceReader.ServiceKeyOf(slice) is { } key) keys.Add(key);
        });
        _services.AddHandler((before, after) => _changed.Add(NamespacedName.Of((after ?? before)!).ToString()));
        _slices.AddHandler((before, after) =>
        {
            if (before is not null) Add(before);
            if (after is not null) Add(after);
        });
    }

    /// <summary>Done when both caches hold their first list.</summary>
    public Task WaitForSyncAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_services.Synced, _slices.Synced).WaitAsync(cancellationToken);

    /// <summary>Waits for a change, then gives every Service that changed since (null: it is gone or has no rules).</summary>
    public async Task<Dictionary<string, ServiceState?>> TakeAsync(bool wait, CancellationToken cancellationToken)
    {
        var states = new Dictionary<string, ServiceState?>();
        while ((wait && states.Count == 0) || _changed.Count > 0)
        {
            var (taken, key) = await _changed.TakeAsync(cancellationToken);
            if (!taken) break;
            states[key] = StateOf(key);
            _changed.Done(key);
        }

        return states;
    }

    public void Dispose() => _changed.Dispose();

    private void Add(EndpointSlice slice)
    {
        if (EndpointSliceReader.ServiceKeyOf(slice) is { } key) _changed.Add(key);
    }

    private ServiceState? StateOf(string key)
    {
        var slash = key.IndexOf('/');
        var service = _services.Lister.Get(key[..slash], key[(slash + 1)..]);
        return service is null || ServiceReader.Read(service) is not { } read
            ? null
            : new(read, [.. _slicesByService.Get(key).Select(EndpointSliceReader.Read).OrderBy(slice => slice.Name, StringComparer.Ordinal)]);
    }
}
