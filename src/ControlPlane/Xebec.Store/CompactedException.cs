namespace Xebec.Store;

/// <summary>The asked-for revision is older than the history kept; the reader must list again (410 Gone in the API).</summary>
/// <param name="requestedRevision">The revision asked for.</param>
/// <param name="compactedRevision">The newest revision that is no longer readable.</param>
public sealed class CompactedException(long requestedRevision, long compactedRevision)
    : Exception($"revision {requestedRevision} has been compacted, the oldest readable one is {compactedRevision + 1}")
{
    /// <summary>The revision asked for.</summary>
    public long RequestedRevision { get; } = requestedRevision;

    /// <summary>The newest revision that is no longer readable.</summary>
    public long CompactedRevision { get; } = compactedRevision;
}
