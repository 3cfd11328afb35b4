namespace Xebec.ApiServer.Admission.Quota;

/// <summary>An object that has been admitted but is not in the caches yet.</summary>
internal sealed class QuotaReservation(string ns, string name, QuotaItem item)
{
    private long _storedRevision = long.MaxValue;

    public string Namespace { get; } = ns;

    public string Name { get; } = name;

    public QuotaItem Item { get; } = item;

    /// <summary>The revision that stored it; as long as it is not stored, one that never comes.</summary>
    public long StoredRevision
    {
        get => Volatile.Read(ref _storedRevision);
        set => Volatile.Write(ref _storedRevision, value);
    }
}
