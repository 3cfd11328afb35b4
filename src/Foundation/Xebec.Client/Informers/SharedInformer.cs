using Microsoft.Extensions.Logging;
using Xebec.Api;

namespace Xebec.Client.Informers;

/// <summary>
/// A cache of one resource, kept by list and watch. It never stops by itself: lost connections resume from the last version,
/// expired versions list again. Cached objects come without managedFields. Handlers run one at a time, in order; they must be quick
/// (put a key into a work queue).
/// </summary>
public sealed class SharedInformer<T>
    where T : class, IKubernetesObject, IApiType<T>
{
    private readonly Lock _writing = new();
    private readonly ILogger _logger;
    private readonly List<Action<T?, T?>> _handlers = [];
    private readonly List<InformerIndex<T>> _indexes = [];
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Reflector<T> _reflector;

    internal SharedInformer(Reflector<T> reflector, ILogger logger)
    {
        _logger = logger;
        _reflector = reflector;
    }

    /// <summary>Reads the cache.</summary>
    public Lister<T> Lister { get; } = new();

    /// <summary>Done when the first list is in the cache and every handler has seen it.</summary>
    public Task Synced => _synced.Task;

    /// <summary>Whether the first list is in the cache.</summary>
    public bool HasSynced => _synced.Task.IsCompletedSuccessfully;

    /// <summary>
    /// Calls the handler with (old, new): old is null for an added object, new is null for a deleted one. What the cache already
    /// has comes first, as added. Both are shared with everyone: clone before changing.
    /// </summary>
    public void AddHandler(Action<T?, T?> handler)
    {
        lock (_writing)
        {
            foreach (var obj in Lister.List())
                Notify(handler, null, obj);
            _handlers.Add(handler);
        }
    }

    /// <summary>Indexes the objects by keys that the function adds to the list, none or several each.</summary>
    public InformerIndex<T> AddIndex(Action<T, List<string>> keysOf)
    {
        var index = new InformerIndex<T>(keysOf);
        lock (_writing)
        {
            foreach (var obj in Lister.List())
                Replace(index, NamespacedName.Of(obj), null, obj);
            _indexes.Add(index);
        }

        return index;
    }

    /// <summary>Lists and watches until cancelled; for informers that no factory starts.</summary>
    public Task RunAsync(CancellationToken cancellation) => _reflector.RunAsync(this, cancellation);

    /// <summary>Takes a whole list over.</summary>
    /// <param name="items">All that exists.</param>
    /// <param name="areVersionsReused">An object of a version that is known may differ: the server's store was put back.</param>
    internal void Replace(List<T> items, bool areVersionsReused = false)
    {
        lock (_writing)
        {
            var gone = Lister.List().Select(o => NamespacedName.Of(o)).ToHashSet();
            foreach (var obj in items)
            {
                gone.Remove(NamespacedName.Of(obj));
                Set(NamespacedName.Of(obj), obj, areVersionsReused: areVersionsReused);
            }

            foreach (var name in gone)
                Set(name, null);
        }

        _synced.TrySetResult();
    }

    internal void Apply(WatchEvent<T> change)
    {
        lock (_writing)
            Set(NamespacedName.Of(change.Object!), change.Type == WatchEventType.Deleted ? null : change.Object, change.Object);
    }

    private void Set(NamespacedName name, T? obj, T? lastState = null, bool areVersionsReused = false)
    {
        var known = Lister.Get(name);
        if (obj is null && known is null)
            return;
        if (!areVersionsReused && obj is not null && obj.Metadata.ResourceVersion == known?.Metadata.ResourceVersion)
            return;
        if (known is not null && obj is not null && known.Metadata.Uid != obj.Metadata.Uid)
            Change(name, known, null, known);
        Change(name, Lister.Get(name), obj, lastState);
    }

    private void Change(NamespacedName name, T? old, T? obj, T? lastState)
    {
        Lister.Set(name, obj);
        foreach (var index in _indexes)
            Replace(index, name, old, obj);
        foreach (var handler in _handlers)
            Notify(handler, obj is null ? lastState ?? old : old, obj);
    }

    private void Replace(InformerIndex<T> index, NamespacedName name, T? old, T? obj)
    {
        if (index.Replace(name, old, obj) is { } failure)
            InformerLog.IndexFailed(_logger, failure, typeof(T).Name, name);
    }

    private void Notify(Action<T?, T?> handler, T? old, T? obj)
    {
        try
        {
            handler(old, obj);
        }
        catch (Exception e)
        {
            InformerLog.HandlerFailed(_logger, e, typeof(T).Name, NamespacedName.Of((obj ?? old)!));
        }
    }
}
