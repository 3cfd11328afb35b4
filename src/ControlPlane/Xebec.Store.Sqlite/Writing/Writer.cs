using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Xebec.Store.Sqlite.Database;
using Xebec.Store.Sqlite.Reading;
using Xebec.Store.Sqlite.Watching;

namespace Xebec.Store.Sqlite.Writing;

/// <summary>
/// The one thread that writes: everything that came while it committed goes into its next transaction, and is answered, and shown to
/// watches, once that is durable.
/// </summary>
internal sealed class Writer : IAsyncDisposable
{
    private readonly Connection _connection;
    private readonly WriteTransaction _transaction;
    private readonly Maintenance _maintenance;
    private readonly EventRing _ring;
    private readonly SnapshotReads _reads;
    private readonly string _file;
    private readonly ILogger _logger;
    private readonly Inbox _inbox = new();
    private readonly List<StoreEvent> _events = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<WriteRequest> _group = [];
    private bool _failing;

    public Writer(Connection connection, EventRing ring, SnapshotReads reads, string file, ILogger logger)
    {
        (_connection, _ring, _reads, _file, _logger) = (connection, ring, reads, file, logger);
        _transaction = new WriteTransaction(connection);
        _maintenance = new Maintenance(connection);
        new Thread(Run) { Name = "store writer", IsBackground = true }.Start();
    }

    public Task<WriteResult> SubmitAsync(WriteRequest request)
    {
        _inbox.Add(request);
        return request.Task;
    }

    /// <summary>Carries out what was submitted, then ends the thread and closes its connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _inbox.Close();
        await _ended.Task.ConfigureAwait(false);
    }

    private void Run()
    {
        while (_inbox.Take(ref _group, wait: !_maintenance.IsPending))
        {
            if (_group.Count > 0)
                CommitGroup();
            if (_maintenance.IsPending)
                Maintain();
        }
        _transaction.Dispose();
        _maintenance.Dispose();
        _connection.Dispose();
        _ended.SetResult();
    }

    private void CommitGroup()
    {
        try
        {
            Apply();
        }
        catch (Exception e)
        {
            Fail(e);
            return;
        }
        Publish();
    }

    private void Apply()
    {
        _events.Clear();
        var revision = _ring.DurableRevision;
        _transaction.Begin();
        foreach (var request in _group)
        {
            if (_transaction.Apply(request, revision + 1) is not { } change)
                continue;
            _events.Add(change);
            revision++;
        }
        _transaction.Commit();
    }

    private void Publish()
    {
        if (_failing)
            StoreLog.WritesResumed(_logger, _file);
        _failing = false;
        if (_events.Count > 0)
            _ring.Publish(CollectionsMarshal.AsSpan(_events));
        if (_transaction.Compacted > _reads.CompactedRevision)
        {
            _reads.PublishCompaction(_transaction.Compacted);
            _maintenance.Sweep(_transaction.Compacted);
        }
        foreach (var request in _group)
            request.Complete();
    }

    private void Fail(Exception error)
    {
        _transaction.RollBack();
        var reason = error is SqliteException sqlite
            ? StoreFailure.Explain(sqlite, _file)
            : new StoreUnavailableException($"the store {_file} failed: {error.Message}", error);
        foreach (var request in _group)
            request.TrySetException(reason);
        if (_failing)
            return;
        _failing = true;
        StoreLog.WritesFail(_logger, _file, reason);
        Maintain(_maintenance.Checkpoint);
    }

    private void Maintain() => Maintain(_maintenance.Step);

    private void Maintain(Action step)
    {
        try
        {
            step();
        }
        catch (SqliteException e)
        {
            _maintenance.Postpone();
            StoreLog.MaintenanceFailed(_logger, _file, e);
        }
    }
}
