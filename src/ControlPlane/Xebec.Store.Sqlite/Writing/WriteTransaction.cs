using Xebec.Store.Sqlite.Database;

namespace Xebec.Store.Sqlite.Writing;

/// <summary>The writer's statements: each request is guarded against what the ones before it in the same transaction did.</summary>
internal sealed class WriteTransaction : IDisposable
{
    private readonly Connection _connection;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _state;
    private readonly Statement _entry;
    private readonly Statement _insert;
    private readonly Statement _compact;

    public WriteTransaction(Connection connection)
    {
        _connection = connection;
        _begin = connection.Prepare("BEGIN"u8);
        _commit = connection.Prepare("COMMIT"u8);
        _state = connection.Prepare("""
            SELECT revision, create_revision, type FROM event WHERE key = ?1 ORDER BY revision DESC LIMIT 1
            """u8);
        _entry = connection.Prepare("SELECT value FROM event WHERE revision = ?1"u8);
        _insert = connection.Prepare("""
            INSERT INTO event (revision, type, create_revision, previous_revision, key, value) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            """u8);
        _compact = connection.Prepare("UPDATE compaction SET compacted_revision = max(compacted_revision, ?1)"u8);
    }

    /// <summary>The newest revision a compaction in this transaction names; 0 when there is none.</summary>
    public long Compacted { get; private set; }

    public void Begin()
    {
        Compacted = 0;
        _begin.Run();
    }

    public void Commit() => _commit.Run();

    public void RollBack() => _connection.RollBack();

    /// <summary>Decides a request and carries it out at a revision; null when it takes no revision.</summary>
    public StoreEvent? Apply(WriteRequest request, long revision)
    {
        if (request.CancellationToken.IsCancellationRequested)
            return null;
        if (request.Kind == WriteKind.Compact)
        {
            Compact(request);
            return null;
        }
        var state = State(request.Key);
        if (state.Allows(request.Kind, request.Revision))
            return Write(request, state, revision);
        request.Decide(new WriteResult(false, state.ModRevision, state.Exists ? Entry(request.Key, state) : null));
        return null;
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_begin, _commit, _state, _entry, _insert, _compact])
            statement.Dispose();
    }

    private StoreEvent Write(WriteRequest request, KeyState state, long revision)
    {
        var removed = request.Kind == WriteKind.Delete ? Entry(request.Key, state) : null;
        var change = new StoreEvent(
            (StoreEventType)request.Kind,
            request.Key,
            revision,
            state.Exists ? state.CreateRevision : revision,
            request.Value ?? removed!.Value);
        Insert(change, state.ModRevision);
        request.Decide(new WriteResult(true, revision, removed));
        return change;
    }

    private void Insert(StoreEvent change, long previousRevision) => _insert
        .Bind(1, change.Revision)
        .Bind(2, (long)change.Type)
        .Bind(3, change.CreateRevision)
        .Bind(4, previousRevision)
        .Bind(5, change.Key)
        .BindBlob(6, change.Value.Span)
        .Run();

    private void Compact(WriteRequest request)
    {
        _compact.Bind(1, request.Revision).Run();
        Compacted = Math.Max(Compacted, request.Revision);
        request.Decide(new WriteResult(true, request.Revision, null));
    }

    private KeyState State(string key)
    {
        try
        {
            return _state.Bind(1, key).Step() && (StoreEventType)_state.Number(2) != StoreEventType.Deleted
                ? new KeyState(_state.Number(0), _state.Number(1))
                : default;
        }
        finally
        {
            _state.Reset();
        }
    }

    private StoreEntry Entry(string key, KeyState state)
    {
        try
        {
            _entry.Bind(1, state.ModRevision).Step();
            return new StoreEntry(key, _entry.Blob(0), state.CreateRevision, state.ModRevision);
        }
        finally
        {
            _entry.Reset();
        }
    }
}
