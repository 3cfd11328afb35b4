using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Admission.Quota;

/// <summary>What admission must know of a ResourceQuota.</summary>
internal sealed record QuotaFacts(string Namespace, string Name, IReadOnlyDictionary<string, Quantity> Hard, IReadOnlyList<ObjectValue> Scopes)
{
    public static QuotaFacts Read(CachedObject item)
    {
        var spec = item.ToTree().GetObject("spec");
        var scopes = (spec?.GetList("scopes") ?? []).Select(s => new ObjectValue { { "scopeName", s }, { "operator", "Exists" } })
            .Concat((spec?.GetObject("scopeSelector")?.GetList("matchExpressions") ?? []).OfType<ObjectValue>());
        return new QuotaFacts(item.Facts.Namespace, item.Facts.Name, ResourceAmounts.Read(spec, "hard"), [.. scopes]);
    }

    /// <summary>Whether it counts an object; a quota with scopes counts pods only.</summary>
    public bool Counts(QuotaItem item) => Scopes.Count == 0 || (item.IsPod && Scopes.All(s => QuotaScope.Matches(s, item.Tree)));

    /// <summary>The part of an object's usage that it limits; empty when it does not count the object.</summary>
    public IEnumerable<KeyValuePair<string, Quantity>> Limited(QuotaItem item) =>
        Counts(item) ? item.Usage.Where(u => Hard.ContainsKey(u.Key)) : [];
}
