namespace Xebec.Store;

/// <summary>The asked-for revision is older than the history kept; the reader must list again (410 Gone in the API).</summary>
/// <param name="requestedRevision">The revision asked for.</param>
/// <param name="compactedRevision">The revision compacted to: what came before is forgotten, it is itself the oldest readable one.</param>
public sealed class CompactedException(long requestedRevision, long compactedRevision)
    : Exception($"revision {requestedRevision} has been compacted, the oldest readable one is {compactedRevision}")
{
    /// <summary>The revision asked for.</summary>
    public long RequestedRevision { get; } = requestedRevision;

    /// <summary>The oldest revision that can be read at, and watched after.</summary>
    public long CompactedRevision { get; } = compactedRevision;
}
