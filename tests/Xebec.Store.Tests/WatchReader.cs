using System.Text;

namespace Xebec.Store.Tests;

/// <summary>Reads a watch for the tests, always bounded in time.</summary>
public static class WatchReader
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Every event from after one revision until the watch has come to another.</summary>
    public static async Task<List<StoreEvent>> ReadAsync(IStore store, string prefix, long afterRevision, long throughRevision)
    {
        using var patience = new CancellationTokenSource(Patience);
        var events = new List<StoreEvent>();
        var position = afterRevision;
        await foreach (var batch in store.WatchAsync(prefix, afterRevision, patience.Token))
        {
            Assert.True(batch.Revision > position, $"the batch at {batch.Revision} does not go on from {position}");
            Assert.All(batch.Events, change => Assert.InRange(change.Revision, position + 1, batch.Revision));
            events.AddRange(batch.Events);
            position = batch.Revision;
            if (position >= throughRevision)
                break;
        }
        return events;
    }

    /// <summary>An event as text, so that a difference is readable.</summary>
    public static string Describe(StoreEvent change) =>
        $"{change.Revision} {change.Type} {change.Key} created={change.CreateRevision} {Encoding.UTF8.GetString(change.Value.Span)}";

    /// <summary>An entry as text.</summary>
    public static string Describe(StoreEntry? entry) => entry is null
        ? "none"
        : $"{entry.Key} created={entry.CreateRevision} modified={entry.ModRevision} {Encoding.UTF8.GetString(entry.Value.Span)}";
}
