using System.Runtime.CompilerServices;
using Xebec.Store.Sqlite.Reading;

namespace Xebec.Store.Sqlite.Watching;

/// <summary>One reader of changes: from the history on disk until it reaches the ring, then from the ring; only a position.</summary>
internal sealed class Watch(string prefix, EventRing ring, SnapshotReads history)
{
    private const int MaxRingBatch = 1024;
    private const int UsualBatch = 64;
    private const int MaxHistoryBatch = 2048;

    public async IAsyncEnumerable<StoreEventBatch> RunAsync(
        long afterRevision, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        history.CheckCompaction(afterRevision);
        var position = afterRevision;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await ring.WaitAsync(position, cancellationToken).ConfigureAwait(false);
            var through = ring.DurableRevision;
            if (through <= position)
                continue;
            var batch = FromRing(position, through)
                ?? await FromHistoryAsync(position, through, cancellationToken).ConfigureAwait(false);
            position = batch.Revision;
            yield return batch;
        }
    }

    private StoreEventBatch? FromRing(long position, long through)
    {
        if (ring.Find(position + 1) is not { } change)
            return null;
        through = Math.Min(through, position + MaxRingBatch);
        List<StoreEvent>? events = null;
        for (StoreEvent? next = change; next is not null; next = position < through ? ring.Find(position + 1) : null)
        {
            position = next.Revision;
            if (next.Key.StartsWith(prefix, StringComparison.Ordinal))
                (events ??= new List<StoreEvent>((int)Math.Min(through - position + 1, UsualBatch))).Add(next);
        }
        return new StoreEventBatch(position, events ?? (IReadOnlyList<StoreEvent>)[]);
    }

    private async ValueTask<StoreEventBatch> FromHistoryAsync(long position, long through, CancellationToken cancellationToken)
    {
        through = Math.Min(through, position + MaxHistoryBatch);
        var events = await history.EventsAsync(prefix, position, through, cancellationToken).ConfigureAwait(false);
        return new StoreEventBatch(through, events);
    }
}
