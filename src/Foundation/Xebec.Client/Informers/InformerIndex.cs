using System.Collections.Concurrent;
using Xebec.Api;

namespace Xebec.Client.Informers;

/// <summary>Finds an informer's objects by a key of their content, for example an owner's uid. Reads take no lock.</summary>
public sealed class InformerIndex<T>
    where T : class, IKubernetesObject
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<NamespacedName, T>> _buckets = new(1, 31, StringComparer.Ordinal);
    private readonly Action<T, List<string>> _keysOf;
    private readonly List<string> _oldKeys = [];
    private readonly List<string> _newKeys = [];

    internal InformerIndex(Action<T, List<string>> keysOf) => _keysOf = keysOf;

    /// <summary>The objects that have this key.</summary>
    public IEnumerable<T> Get(string key)
    {
        if (!_buckets.TryGetValue(key, out var bucket))
            yield break;
        foreach (var (_, obj) in bucket)
            yield return obj;
    }

    /// <summary>Every key that some object has.</summary>
    public IEnumerable<string> Keys()
    {
        foreach (var (key, _) in _buckets)
            yield return key;
    }

    /// <summary>
    /// Only the informer calls this, one object at a time. Returns why the object has no keys when reading them failed: such a mistake
    /// costs that object in that index, not the change that every handler waits for.
    /// </summary>
    internal Exception? Replace(NamespacedName name, T? old, T? obj)
    {
        KeysOf(old, _oldKeys);
        var failure = KeysOf(obj, _newKeys);
        foreach (var key in _newKeys)
            _buckets.GetOrAdd(key, static _ => new(1, 7))[name] = obj!;
        foreach (var key in _oldKeys)
        {
            if (!_newKeys.Contains(key))
                Remove(key, name);
        }

        return failure;
    }

    private Exception? KeysOf(T? obj, List<string> keys)
    {
        keys.Clear();
        if (obj is null)
            return null;
        try
        {
            _keysOf(obj, keys);
            return null;
        }
        catch (Exception e)
        {
            keys.Clear();
            return e;
        }
    }

    private void Remove(string key, NamespacedName name)
    {
        if (!_buckets.TryGetValue(key, out var bucket))
            return;
        bucket.TryRemove(name, out _);
        if (bucket.IsEmpty)
            _buckets.TryRemove(key, out _);
    }
}
