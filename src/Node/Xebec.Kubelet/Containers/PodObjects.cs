using System.Collections.Concurrent;
using Xebec.Client;

namespace Xebec.Kubelet.Containers;

/// <summary>
/// The ConfigMaps, Secrets and Services that pods refer to, read from the API and kept for a short time: a pod that starts gets
/// what the API has now, mounted volumes follow within a minute, and many pods that share an object share one request.
/// </summary>
internal sealed class PodObjects(ApiClient client, TimeProvider time)
{
    private readonly ConcurrentDictionary<(Type Type, string Namespace, string Name), Entry> _entries = new();

    /// <summary>The object no older than <paramref name="maximumAge"/>, null when it does not exist.</summary>
    public async Task<T?> GetAsync<T>(string ns, string name, TimeSpan maximumAge, CancellationToken cancellation)
        where T : class, IKubernetesObject<T>
    {
        var now = time.GetUtcNow();
        if (_entries.TryGetValue((typeof(T), ns, name), out var entry) && (IsImmutable(entry.Object) || entry.ReadAt + maximumAge >= now))
            return (T?)entry.Object;
        try
        {
            var found = await client.GetAsync<T>(ns, name, cancellation);
            _entries[(typeof(T), ns, name)] = new Entry(found, now);
            return found;
        }
        catch (ApiErrorException e) when (e.IsNotFound)
        {
            _entries.TryRemove((typeof(T), ns, name), out _);
            return null;
        }
    }

    /// <summary>The services of a namespace, a few seconds old at most.</summary>
    public async Task<IReadOnlyList<Service>> ServicesAsync(string ns, CancellationToken cancellation)
    {
        var key = (typeof(List<Service>), ns, "");
        var now = time.GetUtcNow();
        if (_entries.TryGetValue(key, out var entry) && entry.ReadAt + TimeSpan.FromSeconds(2) >= now)
            return (List<Service>)entry.Object;
        var list = (await client.ListAsync<Service>(ns, cancellation: cancellation)).Items;
        _entries[key] = new Entry(list, now);
        return list;
    }

    /// <summary>Forgets what nobody asked to be renewed for a while.</summary>
    public void Trim()
    {
        var oldest = time.GetUtcNow() - TimeSpan.FromMinutes(5);
        foreach (var (key, entry) in _entries)
        {
            if (entry.ReadAt < oldest)
                _entries.TryRemove(key, out _);
        }
    }

    private static bool IsImmutable(object value) => value is ConfigMap { Immutable: true } or Secret { Immutable: true };

    private sealed record Entry(object Object, DateTimeOffset ReadAt);
}
