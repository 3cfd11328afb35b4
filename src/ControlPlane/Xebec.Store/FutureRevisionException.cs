namespace Xebec.Store;

/// <summary>The asked-for revision has not happened yet.</summary>
public sealed class FutureRevisionException(long requestedRevision, long currentRevision)
    : Exception($"revision {requestedRevision} is in the future, the current one is {currentRevision}")
{
    /// <summary>The revision asked for.</summary>
    public long RequestedRevision { get; } = requestedRevision;

    /// <summary>The newest revision there is.</summary>
    public long CurrentRevision { get; } = currentRevision;
}
