using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Admission.Quota;

/// <summary>An object that has been admitted but is not in the caches yet.</summary>
/// <param name="ns">Its namespace.</param>
/// <param name="name">Its name.</param>
/// <param name="item">What it uses.</param>
/// <param name="replacedRevision">The revision of the object that it replaces; 0 for a new one.</param>
internal sealed class QuotaReservation(string ns, string name, QuotaItem item, long replacedRevision)
{
    private long _storedRevision = long.MaxValue;

    public string Namespace { get; } = ns;

    public string Name { get; } = name;

    public QuotaItem Item { get; } = item;

    /// <summary>Whether the caches have it: they have the object, and no longer as it was.</summary>
    public bool IsSeen(CachedObject? cached) => replacedRevision == 0 ? cached is not null : cached?.Revision != replacedRevision;

    /// <summary>The revision that stored it; as long as it is not stored, one that never comes.</summary>
    public long StoredRevision
    {
        get => Volatile.Read(ref _storedRevision);
        set => Volatile.Write(ref _storedRevision, value);
    }
}
