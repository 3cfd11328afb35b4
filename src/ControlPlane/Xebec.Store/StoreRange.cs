namespace Xebec.Store;

/// <summary>The entries below a prefix as they stood at one revision, in key order.</summary>
/// <param name="Revision">The revision the range was read at.</param>
/// <param name="Entries">At most the asked-for number of entries.</param>
/// <param name="More">True when entries follow the last one returned.</param>
public sealed record StoreRange(long Revision, IReadOnlyList<StoreEntry> Entries, bool More);
