using Xebec.Store.Sqlite.Database;

namespace Xebec.Store.Sqlite.Writing;

/// <summary>
/// What the writer does between commits, in steps of a few milliseconds: checkpoint the log, sweep compacted history, give free pages back.
/// </summary>
internal sealed class Maintenance : IDisposable
{
    private const int CheckpointPages = 2048;
    private const int SweepRevisions = 512;
    private const int VacuumPages = 64;
    private readonly Connection _connection;
    private readonly Statement _deleteSuperseded;
    private readonly Statement _deleteDeletions;
    private readonly Statement _markSwept;
    private long _sweptRevision;
    private long _compactedRevision;
    private long _pagesToFree;

    public Maintenance(Connection connection)
    {
        _connection = connection;
        _deleteSuperseded = connection.Prepare("""
            DELETE FROM event WHERE revision IN (
                SELECT previous_revision FROM event WHERE revision > ?1 AND revision <= ?2 AND previous_revision > 0)
            """u8);
        _deleteDeletions = connection.Prepare("DELETE FROM event WHERE revision > ?1 AND revision <= ?2 AND type = 2"u8);
        _markSwept = connection.Prepare("UPDATE compaction SET swept_revision = ?1"u8);
        _compactedRevision = connection.QueryNumber("SELECT compacted_revision FROM compaction"u8);
        _sweptRevision = connection.QueryNumber("SELECT swept_revision FROM compaction"u8);
    }

    /// <summary>True while a step waits to be done.</summary>
    public bool IsPending => _sweptRevision < _compactedRevision || _pagesToFree > 0 || NeedsCheckpoint;

    private bool NeedsCheckpoint => _connection.PagesWritten(reset: false) >= CheckpointPages;

    /// <summary>Has history up to a revision swept.</summary>
    public void Sweep(long compactedRevision) => _compactedRevision = Math.Max(_compactedRevision, compactedRevision);

    /// <summary>Does one step.</summary>
    public void Step()
    {
        if (NeedsCheckpoint)
            Checkpoint();
        else if (_sweptRevision < _compactedRevision)
            SweepSome();
        else if (_pagesToFree > 0)
            VacuumSome();
    }

    /// <summary>Copies the log into the database file, after which the log starts over and needs no more space.</summary>
    public void Checkpoint()
    {
        _connection.PagesWritten(reset: true);
        _connection.Checkpoint();
    }

    /// <summary>Gives up until the next compaction or the next full log, after an error.</summary>
    public void Postpone()
    {
        _connection.RollBack();
        _compactedRevision = _sweptRevision;
        _pagesToFree = 0;
    }

    public void Dispose()
    {
        _deleteSuperseded.Dispose();
        _deleteDeletions.Dispose();
        _markSwept.Dispose();
    }

    private void SweepSome()
    {
        var through = Math.Min(_compactedRevision, _sweptRevision + SweepRevisions);
        _connection.Execute("BEGIN");
        _deleteSuperseded.Bind(1, _sweptRevision).Bind(2, through).Run();
        _deleteDeletions.Bind(1, _sweptRevision).Bind(2, through).Run();
        _markSwept.Bind(1, through).Run();
        _connection.Execute("COMMIT");
        _sweptRevision = through;
        if (_sweptRevision == _compactedRevision)
            PlanVacuum();
    }

    private void PlanVacuum() => _pagesToFree = VacuumPlan.PagesToFree(
        _connection.QueryNumber("PRAGMA page_count"u8), _connection.QueryNumber("PRAGMA freelist_count"u8));

    private void VacuumSome()
    {
        var pages = Math.Min(_pagesToFree, VacuumPages);
        _connection.Execute($"PRAGMA incremental_vacuum({pages})");
        _pagesToFree -= pages;
        if (_pagesToFree == 0)
            Checkpoint();
    }
}
