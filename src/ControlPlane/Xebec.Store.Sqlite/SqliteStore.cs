using Microsoft.Extensions.Logging;
using Xebec.Store.Sqlite.Database;
using Xebec.Store.Sqlite.Reading;
using Xebec.Store.Sqlite.Watching;
using Xebec.Store.Sqlite.Writing;

namespace Xebec.Store.Sqlite;

/// <summary>The embedded store: one SQLite file, one writer thread with group commit, reads on connections of their own.</summary>
public sealed class SqliteStore : IStore
{
    private const int MaxValueBytes = 512 << 20;
    private const int TicksPerRetention = 5;
    private readonly StoreFile _file;
    private readonly ReaderPool _pool;
    private readonly EventRing _ring;
    private readonly SnapshotReads _reads;
    private readonly Writer _writer;
    private readonly RetentionSchedule _schedule;
    private readonly TimeProvider _timeProvider;
    private readonly ITimer _compactionTimer;
    private int _disposed;

    private SqliteStore(StoreFile file, Connection connection, TimeSpan retention, TimeProvider timeProvider, ILogger logger)
    {
        var compacted = connection.QueryNumber("SELECT compacted_revision FROM compaction"u8);
        var newest = connection.QueryNumber("SELECT max(revision) FROM event"u8);
        _file = file;
        _timeProvider = timeProvider;
        _ring = new EventRing(Math.Max(newest, compacted));
        _pool = new ReaderPool(file);
        if (file.IsAnonymous)
            _pool.OpenAll();
        _reads = new SnapshotReads(_pool, _ring, file, compacted);
        _writer = new Writer(connection, _ring, _reads, file.DisplayName, logger);
        _schedule = new RetentionSchedule(retention);
        _compactionTimer = timeProvider.CreateTimer(_ => CompactOldHistory(), null, TimeSpan.Zero, retention / TicksPerRetention);
        StoreLog.Opened(logger, file.DisplayName, _ring.DurableRevision, compacted);
    }

    /// <summary>Opens the store, making or migrating its file as needed; another process must not have it open.</summary>
    /// <exception cref="StoreUnavailableException">It is in use, damaged or can't be opened; the message says what to do.</exception>
    public static Task<SqliteStore> OpenAsync(
        SqliteStoreOptions options, TimeProvider timeProvider, ILogger logger, CancellationToken cancellationToken = default) =>
        Task.Run(() => Open(options, timeProvider, logger), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> GetCurrentRevisionAsync(CancellationToken cancellationToken = default) => new(_ring.DurableRevision);

    /// <inheritdoc/>
    public ValueTask<StoreEntry?> GetAsync(string key, long revision = 0, CancellationToken cancellationToken = default) =>
        _reads.GetAsync(key, revision, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoreRange> RangeAsync(
        string prefix, string? afterKey = null, int limit = 0, long revision = 0, CancellationToken cancellationToken = default) =>
        _reads.RangeAsync(prefix, afterKey, limit, revision, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WriteResult> CreateAsync(
        string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default) =>
        SubmitAsync(WriteKind.Create, key, value, 0, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WriteResult> UpdateAsync(
        string key, ReadOnlyMemory<byte> value, long expectedModRevision, CancellationToken cancellationToken = default) =>
        SubmitAsync(WriteKind.Update, key, value, expectedModRevision, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WriteResult> DeleteAsync(
        string key, long expectedModRevision, ReadOnlyMemory<byte>? finalValue = null, CancellationToken cancellationToken = default) =>
        SubmitAsync(WriteKind.Delete, key, finalValue, expectedModRevision, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<StoreEventBatch> WatchAsync(
        string prefix, long afterRevision, CancellationToken cancellationToken = default) =>
        new Watch(prefix, _ring, _reads).RunAsync(afterRevision, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask CompactAsync(long revision, CancellationToken cancellationToken = default)
    {
        if (revision > _ring.DurableRevision)
            throw new FutureRevisionException(revision, _ring.DurableRevision);
        if (revision > _reads.CompactedRevision)
            await _writer.SubmitAsync(new WriteRequest(WriteKind.Compact, "", null, revision, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Carries out the writes already accepted, ends the watches and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _compactionTimer.DisposeAsync().ConfigureAwait(false);
        await _pool.DisposeAsync().ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false);
        _ring.Close(new StoreUnavailableException("the store is closed"));
        _file.Dispose();
    }

    private static SqliteStore Open(SqliteStoreOptions options, TimeProvider timeProvider, ILogger logger)
    {
        var file = StoreFile.Open(options.Path);
        try
        {
            return Open(file, options, timeProvider, logger);
        }
        catch (SqliteException e)
        {
            throw StoreFailure.Explain(e, file.DisplayName);
        }
        finally
        {
            file.ForgetNames();
        }
    }

    private static SqliteStore Open(StoreFile file, SqliteStoreOptions options, TimeProvider timeProvider, ILogger logger)
    {
        Connection? connection = null;
        try
        {
            connection = file.OpenWriter(timeProvider);
            return new SqliteStore(file, connection, options.HistoryRetention, timeProvider, logger);
        }
        catch
        {
            connection?.Dispose();
            file.Dispose();
            throw;
        }
    }

    private ValueTask<WriteResult> SubmitAsync(
        WriteKind kind, string key, ReadOnlyMemory<byte>? value, long expectedModRevision, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value?.Length ?? 0, MaxValueBytes, nameof(value));
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<WriteResult>(
            _writer.SubmitAsync(new WriteRequest(kind, key, value, expectedModRevision, cancellationToken)));
    }

    private void CompactOldHistory()
    {
        var revision = _schedule.Tick(_timeProvider.GetUtcNow(), _ring.DurableRevision);
        if (revision > _reads.CompactedRevision)
            _ = CompactQuietlyAsync(revision);
    }

    // A failed compaction is in the log already, and the next one covers it.
    private async Task CompactQuietlyAsync(long revision)
    {
        try
        {
            await CompactAsync(revision).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
        }
    }
}
