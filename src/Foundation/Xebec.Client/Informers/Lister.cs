using System.Collections.Concurrent;
using Xebec.Api;
using Xebec.Api.Meta.V1;
using Xebec.Client.Selectors;

namespace Xebec.Client.Informers;

/// <summary>
/// Reads an informer's cache; takes no lock, but to index it at the first listing by namespace. Objects are shared: clone one before
/// changing it. A listing is not one point in time: what changes while it runs may or may not be seen.
/// </summary>
public sealed class Lister<T>
    where T : class, IKubernetesObject
{
    private readonly ConcurrentDictionary<NamespacedName, T> _objects = new(concurrencyLevel: 1, capacity: 31);
    private readonly Lock _indexing = new();
    private volatile InformerIndex<T>? _byNamespace;

    internal Lister()
    {
    }

    /// <summary>The object, null when the cache has none.</summary>
    public T? Get(string ns, string name) => Get(new NamespacedName(ns, name));

    /// <summary>The object, null when the cache has none.</summary>
    public T? Get(NamespacedName name) => _objects.GetValueOrDefault(name);

    /// <summary>All objects.</summary>
    public IEnumerable<T> List()
    {
        foreach (var (_, obj) in _objects)
            yield return obj;
    }

    /// <summary>The objects of a namespace.</summary>
    public IEnumerable<T> List(string ns) => (_byNamespace ?? IndexByNamespace()).Get(ns);

    /// <summary>The objects of a namespace whose labels match; a null selector matches none.</summary>
    public IEnumerable<T> List(string ns, LabelSelector? selector)
    {
        foreach (var obj in List(ns))
        {
            if (LabelSelectors.Matches(selector, obj.Metadata.Labels))
                yield return obj;
        }
    }

    /// <summary>The objects of a namespace that have all these labels.</summary>
    public IEnumerable<T> List(string ns, Dictionary<string, string> labels)
    {
        foreach (var obj in List(ns))
        {
            if (LabelSelectors.Matches(labels, obj.Metadata.Labels))
                yield return obj;
        }
    }

    internal T? Set(NamespacedName name, T? obj)
    {
        lock (_indexing)
        {
            var old = _objects.GetValueOrDefault(name);
            if (obj is not null)
                _objects[name] = obj;
            else
                _objects.TryRemove(name, out _);
            _byNamespace?.Replace(name, old, obj);
            return old;
        }
    }

    // Made when somebody first asks by namespace: most caches are never asked, and the index is as large as the cache.
    private InformerIndex<T> IndexByNamespace()
    {
        lock (_indexing)
        {
            if (_byNamespace is { } made)
                return made;
            var index = new InformerIndex<T>(static (obj, keys) => keys.Add(obj.Metadata.Namespace));
            foreach (var (name, obj) in _objects)
                index.Replace(name, null, obj);
            return _byNamespace = index;
        }
    }
}
