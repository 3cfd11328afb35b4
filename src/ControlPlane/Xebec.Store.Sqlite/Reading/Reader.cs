using Xebec.Store.Sqlite.Database;

namespace Xebec.Store.Sqlite.Reading;

/// <summary>
/// A read connection and its statements. Every read names its revision, and what a revision needs is only swept after a compaction past
/// it was published, so a caller checks for compaction after reading; no read transaction has to outlive a call.
/// </summary>
internal sealed class Reader : IDisposable
{
    private readonly Connection _connection;
    private readonly Statement _newest;
    private readonly Statement _keys;
    private readonly Statement _entry;
    private readonly Statement _events;

    public Reader(Connection connection)
    {
        _connection = connection;
        _newest = connection.Prepare("""
            SELECT key, value, create_revision, revision, type FROM event
            WHERE key = ?1 AND revision <= ?2 ORDER BY revision DESC LIMIT 1
            """u8);
        _keys = connection.Prepare("""
            SELECT max(revision) FROM event INDEXED BY event_by_key
            WHERE key >= ?1 AND key < ?2 AND revision <= ?3 GROUP BY key ORDER BY key
            """u8);
        _entry = connection.Prepare("SELECT key, value, create_revision, revision, type FROM event WHERE revision = ?1"u8);
        _events = connection.Prepare("""
            SELECT key, value, create_revision, revision, type FROM event
            WHERE revision > ?1 AND revision <= ?2 AND key >= ?3 AND key < ?4 ORDER BY revision
            """u8);
    }

    public StoreEntry? Get(string key, long revision)
    {
        try
        {
            return _newest.Bind(1, key).Bind(2, revision).Step() ? LiveEntry(_newest) : null;
        }
        finally
        {
            _newest.Reset();
        }
    }

    public StoreRange Range(string prefix, string? afterKey, int limit, long revision)
    {
        var entries = new List<StoreEntry>();
        try
        {
            _keys.BindText(1, KeyBounds.Start(prefix, afterKey)).BindText(2, KeyBounds.End(prefix)).Bind(3, revision);
            while (_keys.Step())
            {
                if (Fetch(_keys.Number(0)) is not { } entry)
                    continue;
                if (limit > 0 && entries.Count == limit)
                    return new StoreRange(revision, entries, More: true);
                entries.Add(entry);
            }
        }
        finally
        {
            _keys.Reset();
        }
        return new StoreRange(revision, entries, More: false);
    }

    /// <summary>The changes below a prefix after one revision, up to and including another.</summary>
    public List<StoreEvent> Events(string prefix, long afterRevision, long throughRevision)
    {
        var events = new List<StoreEvent>();
        try
        {
            _events.Bind(1, afterRevision).Bind(2, throughRevision).Bind(3, prefix).BindText(4, KeyBounds.End(prefix));
            while (_events.Step())
                events.Add(Event(_events));
        }
        finally
        {
            _events.Reset();
        }
        return events;
    }

    public void Dispose()
    {
        _newest.Dispose();
        _keys.Dispose();
        _entry.Dispose();
        _events.Dispose();
        _connection.Dispose();
    }

    private StoreEntry? Fetch(long revision)
    {
        try
        {
            return _entry.Bind(1, revision).Step() ? LiveEntry(_entry) : null;
        }
        finally
        {
            _entry.Reset();
        }
    }

    private static StoreEntry? LiveEntry(Statement row) =>
        (StoreEventType)row.Number(4) == StoreEventType.Deleted
            ? null
            : new StoreEntry(row.Text(0), row.Blob(1), row.Number(2), row.Number(3));

    private static StoreEvent Event(Statement row) =>
        new((StoreEventType)row.Number(4), row.Text(0), row.Number(3), row.Number(2), row.Blob(1));
}
