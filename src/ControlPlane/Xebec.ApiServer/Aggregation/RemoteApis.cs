using System.Collections.Concurrent;
using System.Collections.Frozen;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Proxy;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Aggregation;

/// <summary>Which groups and versions are served by other servers now, compiled anew when the APIServices have changed.</summary>
internal sealed class RemoteApis
{
    private readonly ServedResource _services;
    private readonly Func<RemoteBackend, RemoteClient> _connect;
    private readonly ConcurrentDictionary<RemoteBackend, RemoteClient> _clients = new();
    private readonly DerivedFacts<Entry> _read = new(item => new Entry(RemoteApi.Read(item.ToTree())));
    private volatile Table _table = new(null, FrozenDictionary<GroupVersion, RemoteApi>.Empty);

    public RemoteApis(ResourceCatalog catalog, ServiceResolver resolver, KubeApiServerOptions options, TimeProvider time)
    {
        _services = catalog.Find(ApiServiceObjects.Group, "v1", "apiservices")!;
        _connect = backend => new RemoteClient(backend, resolver, options, time);
    }

    /// <summary>Every remote group and version.</summary>
    public IReadOnlyCollection<RemoteApi> All
    {
        get
        {
            Current();
            return _table.All;
        }
    }

    /// <summary>The server of a request's group and version; null when it is this one.</summary>
    public RemoteApi? Find(RequestInfo info)
    {
        var table = Current();
        if (table.Count == 0)
            return null;
        return info.IsResourceRequest
            ? table.GetValueOrDefault(new GroupVersion(info.Group, info.Version))
            : info.Path.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["apis", var group, var version]
                ? table.GetValueOrDefault(new GroupVersion(group, version))
                : null;
    }

    /// <summary>The connections to a server.</summary>
    public RemoteClient Client(RemoteBackend backend) => _clients.GetOrAdd(backend, _connect);

    private FrozenDictionary<GroupVersion, RemoteApi> Current()
    {
        var (snapshot, known) = (_services.Cache.Snapshot, _table);
        if (ReferenceEquals(snapshot, known.Snapshot))
            return known.Apis;
        var apis = snapshot.Ordered.Select(o => _read.Of(o).Api).OfType<RemoteApi>().ToFrozenDictionary(a => a.GroupVersion);
        foreach (var gone in _clients.Keys.Except(apis.Values.Select(a => a.Backend)))
            _clients.TryRemove(gone, out _);
        _table = new Table(snapshot, apis);
        return apis;
    }

    private sealed record Entry(RemoteApi? Api);

    private sealed record Table(CacheSnapshot? Snapshot, FrozenDictionary<GroupVersion, RemoteApi> Apis)
    {
        public RemoteApi[] All { get; } = [.. Apis.Values];
    }
}
