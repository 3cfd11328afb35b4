namespace Xebec.Store;

/// <summary>How a guarded write ended. Returned only once it is durable (law 6: durable before visible).</summary>
/// <param name="Succeeded">False when the guard did not hold; then nothing was written.</param>
/// <param name="Revision">The revision of the write, or of the entry that made the guard fail (0: the key does not exist).</param>
/// <param name="Current">On failure the entry as it stands, null when there is none; on success of a delete the entry removed.</param>
public sealed record WriteResult(bool Succeeded, long Revision, StoreEntry? Current);
