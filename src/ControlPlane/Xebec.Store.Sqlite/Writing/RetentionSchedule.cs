namespace Xebec.Store.Sqlite.Writing;

/// <summary>Remembers which revision was current when, and says which one has become old enough to compact.</summary>
internal sealed class RetentionSchedule(TimeSpan retention)
{
    private readonly Queue<(DateTimeOffset Time, long Revision)> _samples = [];
    private long _newestSample;

    /// <summary>Notes the current revision; returns the newest one that was current a retention time ago, 0 when there is none.</summary>
    public long Tick(DateTimeOffset now, long currentRevision)
    {
        if (currentRevision > _newestSample)
        {
            _samples.Enqueue((now, currentRevision));
            _newestSample = currentRevision;
        }
        var old = 0L;
        while (_samples.TryPeek(out var sample) && now - sample.Time >= retention)
            old = _samples.Dequeue().Revision;
        return old;
    }
}
