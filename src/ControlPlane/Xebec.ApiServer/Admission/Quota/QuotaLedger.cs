using Xebec.ApiMachinery.Quantities;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Admission.Quota;

/// <summary>
/// How much of a namespace's quotas is used: what the caches hold, and what has been admitted but is not in them yet. One caller at a
/// time for a namespace.
/// </summary>
internal sealed class QuotaLedger(AdmissionParts parts)
{
    // Longer than a write takes to reach the caches; what is not there by then has been deleted again.
    private static readonly TimeSpan ReservationLifetime = TimeSpan.FromSeconds(5);
    private readonly List<Reservation> _reservations = [];
    private readonly Lock _changing = new();
    private readonly Dictionary<(string, string), DerivedFacts<QuotaItem>> _items = [];

    /// <summary>What is used of everything a quota limits.</summary>
    public Dictionary<string, Quantity> Used(QuotaFacts quota)
    {
        var used = quota.Hard.ToDictionary(h => h.Key, h => new Quantity(0, h.Value.Format), StringComparer.Ordinal);
        foreach (var (group, plural) in quota.Hard.Keys.Select(QuotaUsage.Source).Distinct())
        {
            foreach (var item in Stored(group, plural, quota.Namespace))
                Add(used, quota, item);
        }

        foreach (var item in Reserved(quota.Namespace))
            Add(used, quota, item);
        return used;
    }

    /// <summary>Counts an object until the caches have it; the answer takes it back.</summary>
    public Action Reserve(string ns, string name, QuotaItem item)
    {
        var reservation = new Reservation(ns, name, item, parts.Time.GetUtcNow() + ReservationLifetime);
        lock (_changing)
            _reservations.Add(reservation);
        return () =>
        {
            lock (_changing)
                _reservations.Remove(reservation);
        };
    }

    private static void Add(Dictionary<string, Quantity> used, QuotaFacts quota, QuotaItem item)
    {
        foreach (var (resource, amount) in quota.Limited(item))
            used[resource] += amount;
    }

    private List<QuotaItem> Stored(string group, string plural, string ns)
    {
        var found = new List<QuotaItem>();
        if (parts.Catalog.Find(group, plural) is not { Info.Namespaced: true } resource)
            return found;
        var snapshot = resource.Cache.Snapshot;
        var (start, end) = snapshot.Find(resource.Prefix(ns), null);
        var facts = FactsOf(group, plural);
        foreach (var item in snapshot.Ordered.AsSpan(start, end - start))
            found.Add(facts.Of(item));
        return found;
    }

    private DerivedFacts<QuotaItem> FactsOf(string group, string plural)
    {
        lock (_changing)
        {
            if (!_items.TryGetValue((group, plural), out var facts))
                _items[(group, plural)] = facts = new DerivedFacts<QuotaItem>(item => QuotaItem.Of(group, plural, item.ToTree()));
            return facts;
        }
    }

    private QuotaItem[] Reserved(string ns)
    {
        var now = parts.Time.GetUtcNow();
        lock (_changing)
        {
            _reservations.RemoveAll(r => r.Ends <= now || IsStored(r));
            return [.. _reservations.Where(r => r.Namespace == ns).Select(r => r.Item)];
        }
    }

    private bool IsStored(Reservation reservation) =>
        parts.Catalog.Find(reservation.Item.Group, reservation.Item.Plural) is { } resource &&
        resource.Cache.Snapshot.Objects.ContainsKey(resource.Key(reservation.Namespace, reservation.Name));

    private sealed record Reservation(string Namespace, string Name, QuotaItem Item, DateTimeOffset Ends);
}
