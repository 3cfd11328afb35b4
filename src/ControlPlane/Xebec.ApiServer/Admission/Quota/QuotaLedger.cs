using System.Globalization;
using Xebec.ApiMachinery.Values;
using Xebec.ApiMachinery.Quantities;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Admission.Quota;

/// <summary>
/// How much of a namespace's quotas is used: what the caches hold, and what has been admitted but is not in them yet. One caller at a
/// time for a namespace.
/// </summary>
internal sealed class QuotaLedger(AdmissionParts parts)
{
    private readonly List<QuotaReservation> _reservations = [];
    private readonly Lock _changing = new();
    private readonly Dictionary<(string, string), DerivedFacts<QuotaItem>> _items = [];

    /// <summary>What is used of everything a quota limits.</summary>
    public Dictionary<string, Quantity> Used(QuotaFacts quota)
    {
        // In this order: what leaves the reservations in between is in the snapshots, and what is in both is counted once.
        var reserved = Reserved(quota.Namespace);
        var used = quota.Hard.ToDictionary(h => h.Key, h => new Quantity(0, h.Value.Format), StringComparer.Ordinal);
        foreach (var (group, plural) in quota.Hard.Keys.Select(QuotaUsage.Source).Distinct())
        {
            if (parts.Catalog.Find(group, plural) is not { Info.Namespaced: true } resource)
                continue;
            var snapshot = resource.Cache.Snapshot;
            foreach (var item in Stored(resource, snapshot, quota.Namespace))
                Add(used, quota, item);
            reserved.RemoveAll(r => r.Item.Group == group && r.Item.Plural == plural &&
                r.IsSeen(snapshot.Objects.GetValueOrDefault(resource.Key(r.Namespace, r.Name))));
        }

        foreach (var reservation in reserved)
            Add(used, quota, reservation.Item);
        return used;
    }

    /// <summary>
    /// Counts an object that is about to be stored (or, when it replaces one, what it uses more), until it is released or the caches have
    /// come to its revision.
    /// </summary>
    public QuotaReservation Reserve(string ns, string name, QuotaItem item, ObjectValue? replaced)
    {
        var revision = long.TryParse(replaced?.GetObject("metadata")?.GetString("resourceVersion"), CultureInfo.InvariantCulture, out var before) ? before : 0;
        var reservation = new QuotaReservation(ns, name, item, revision);
        lock (_changing)
            _reservations.Add(reservation);
        return reservation;
    }

    /// <summary>Takes a reservation back: its object was not stored.</summary>
    public void Release(QuotaReservation reservation)
    {
        lock (_changing)
            _reservations.Remove(reservation);
    }

    private static void Add(Dictionary<string, Quantity> used, QuotaFacts quota, QuotaItem item)
    {
        foreach (var (resource, amount) in quota.Limited(item))
            used[resource] += amount;
    }

    private List<QuotaItem> Stored(ServedResource resource, CacheSnapshot snapshot, string ns)
    {
        var found = new List<QuotaItem>();
        var (start, end) = snapshot.Find(resource.Prefix(ns), null);
        var facts = FactsOf(resource.Info.GroupVersion.Group, resource.Info.Plural);
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

    private List<QuotaReservation> Reserved(string ns)
    {
        var cached = parts.Caches.Revision;
        lock (_changing)
        {
            _reservations.RemoveAll(r => r.StoredRevision <= cached);
            return _reservations.FindAll(r => r.Namespace == ns);
        }
    }
}
