using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Xebec.Store;

namespace Xebec.ApiServer.WatchCache;

/// <summary>
/// Every resource's cache, fed by one watch of the whole store, so that one revision tells how fresh all of them are.
/// </summary>
internal sealed partial class CacheSet(IStore store, TimeProvider time, ILogger<CacheSet> logger) : IAsyncDisposable
{
    private const string Root = "/registry/";

    // Enough that clients of a server that was restarted resume their watches instead of listing everything again.
    private const int RestoredRevisions = 2048;

    private readonly ConcurrentDictionary<string, ResourceCache> _byFolder = new(StringComparer.Ordinal);
    private readonly ChangeSignal _advanced = new();
    private readonly TimeProvider _time = time;
    private readonly CancellationTokenSource _stopping = new();
    private long _revision;
    private Task _feed = Task.CompletedTask;

    /// <summary>Every change up to this revision is in the caches.</summary>
    public long Revision => Volatile.Read(ref _revision);

    /// <summary>Raised whenever <see cref="Revision"/> has moved.</summary>
    public ChangeSignal Advanced => _advanced;

    /// <summary>The keys of everything that is stored and can't be read.</summary>
    public string[] UnreadableKeys => [.. _byFolder.Values.SelectMany(c => c.Unreadable.Keys)];

    /// <summary>The cache of a folder below /registry, made empty when nothing was ever stored there.</summary>
    public ResourceCache Get(string folder) =>
        _byFolder.GetOrAdd(folder, static (name, set) => new ResourceCache(name, set.Revision, set._time), this);

    /// <summary>Forgets the cache of a folder that nothing is stored in any more.</summary>
    public void Drop(string folder)
    {
        if (_byFolder.TryGetValue(folder, out var cache) && cache.Snapshot.Objects.IsEmpty)
            _byFolder.TryRemove(KeyValuePair.Create(folder, cache));
    }

    /// <summary>Loads everything, with what changed last as history, and goes on following the store.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var newest = await store.GetCurrentRevisionAsync(cancellationToken);
        await LoadAsync(newest - RestoredRevisions, cancellationToken);
        _feed = Task.Run(() => FeedAsync(_stopping.Token), CancellationToken.None);
        await WaitForAsync(newest, cancellationToken);
    }

    /// <summary>Waits until the caches hold all that the store holds now: a read after it is consistent.</summary>
    public async ValueTask<long> WaitUntilFreshAsync(CancellationToken cancellationToken)
    {
        var target = await store.GetCurrentRevisionAsync(cancellationToken);
        await WaitForAsync(target, cancellationToken);
        return target;
    }

    /// <summary>Waits until the caches hold a revision.</summary>
    public async ValueTask WaitForAsync(long revision, CancellationToken cancellationToken)
    {
        while (Revision < revision)
        {
            var next = _advanced.Next;
            if (Revision < revision)
                await next.WaitAsync(cancellationToken);
        }
    }

    private async Task LoadAsync(long revision, CancellationToken cancellationToken)
    {
        var everything = revision > 0 ? await ReadAtAsync(revision, cancellationToken) : new StoreRange(0, [], More: false);
        foreach (var folder in everything.Entries.GroupBy(e => FolderOf(e.Key)))
            Get(folder.Key).Load([.. folder], everything.Revision);
        Volatile.Write(ref _revision, everything.Revision);
        _advanced.Raise();
    }

    private async Task<StoreRange> ReadAtAsync(long revision, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await store.RangeAsync(Root, revision: revision, cancellationToken: cancellationToken);
            }
            catch (CompactedException compacted)
            {
                revision = compacted.CompactedRevision;
            }
        }
    }

    private async Task FeedAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var batch in store.WatchAsync(Root, Revision, cancellationToken))
                    Apply(batch);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is StoreUnavailableException or IOException)
            {
                LogFeedBroken(e);
                await Task.Delay(TimeSpan.FromMilliseconds(200), _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Apply(StoreEventBatch batch)
    {
        ResourceCache? last = null;
        foreach (var change in batch.Events)
        {
            var cache = last is not null && IsIn(last.Folder, change.Key) ? last : Get(FolderOf(change.Key));
            if (last is not null && last != cache)
                last.Watchers.SignalAll();
            cache.Apply(change);
            last = cache;
        }

        Volatile.Write(ref _revision, batch.Revision);
        last?.Watchers.SignalAll();
        _advanced.Raise();
    }

    private static bool IsIn(string folder, string key) =>
        key.Length > Root.Length + folder.Length && key[Root.Length + folder.Length] == '/' &&
        key.AsSpan(Root.Length, folder.Length).SequenceEqual(folder);

    // Most resources have a folder of one name; groups with a dot (CustomResourceDefinitions and what they define) and services two.
    internal static string FolderOf(string key)
    {
        var rest = key.AsSpan(Root.Length);
        var first = rest.IndexOf('/');
        var name = rest[..first];
        if (!name.Contains('.') && !name.SequenceEqual("services"))
            return name.ToString();
        var second = rest[(first + 1)..].IndexOf('/');
        return rest[..(first + 1 + second)].ToString();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _feed;
        _stopping.Dispose();
    }

    [LoggerMessage(EventId = 1100, Level = LogLevel.Error, Message = "The store's watch broke; trying again")]
    private partial void LogFeedBroken(Exception exception);
}
