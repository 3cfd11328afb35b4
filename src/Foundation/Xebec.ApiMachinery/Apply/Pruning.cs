using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Apply;

/// <summary>Removes what a manager applied last time, applies no more, and nobody else owns.</summary>
internal static class Pruning
{
    // An object always keeps its metadata, whoever owns what in it.
    private static readonly ObjectValue Metadata = new() { [PathElement.OfMember("metadata")] = FieldSet.Leaf };

    /// <summary>The merged object without those fields.</summary>
    /// <param name="merged">Live object and configuration merged; not changed.</param>
    /// <param name="last">What the manager applied before, null when it is the first time.</param>
    /// <param name="owners">All managers as they own now, with the new configuration.</param>
    /// <param name="kind">The kind.</param>
    public static async ValueTask<ObjectValue> PruneAsync(
        ObjectValue merged, ManagedEntry? last, IEnumerable<ManagedEntry> owners, KindVersions kind)
    {
        if (last is null)
            return merged;
        var version = kind.Of(last)!;
        var owned = OwnedByVersion(owners, version, kind);
        if (FieldSet.Difference(last.Fields, owned[0].Fields) is null)
            return merged;
        var whole = await version.ReadAsync(merged);
        var named = FieldSet.WithNamedFields(last.Fields, new TypedField(version.Schema));
        var kept = await AddOwnedAsync(whole, FieldRemoval.Without(whole, named, version.Schema), owned);
        var gone = FieldSet.Difference(Fields(whole, version.Schema), Fields(await version.ReadAsync(kept), version.Schema));
        var removed = FieldSet.Difference(FieldSet.Intersection(gone, named), Metadata);
        return await kind.Written.ReadAsync(FieldRemoval.Without(whole, removed, version.Schema));
    }

    // The version that is pruned comes first: another may not convert without what is owned in it.
    private static List<(KindVersion Version, ObjectValue? Fields)> OwnedByVersion(
        IEnumerable<ManagedEntry> owners, KindVersion first, KindVersions kind)
    {
        var result = new List<(KindVersion Version, ObjectValue? Fields)> { (first, null) };
        foreach (var owner in owners.OrderBy(o => o.ApiVersion, StringComparer.Ordinal))
        {
            var version = kind.Of(owner)!;
            var at = result.FindIndex(known => known.Version.ApiVersion == version.ApiVersion);
            if (at < 0)
                result.Add((version, owner.Fields));
            else
                result[at] = (version, FieldSet.Union(result[at].Fields, owner.Fields));
        }

        return result;
    }

    private static async ValueTask<ObjectValue> AddOwnedAsync(
        ObjectValue whole, ObjectValue kept, List<(KindVersion Version, ObjectValue? Fields)> owned)
    {
        foreach (var (version, fields) in owned)
        {
            (whole, kept) = (await version.ReadAsync(whole), await version.ReadAsync(kept));
            var stays = FieldSet.Union(Fields(kept, version.Schema), FieldSet.WithNamedFields(fields, new TypedField(version.Schema)));
            kept = FieldRemoval.Without(whole, FieldSet.Difference(Fields(whole, version.Schema), stays), version.Schema);
        }

        return kept;
    }

    private static ObjectValue? Fields(ObjectValue tree, StructSchema? schema) =>
        FieldSet.WithNamedFields(OwnedFields.Of(tree, schema), new TypedField(schema));
}
