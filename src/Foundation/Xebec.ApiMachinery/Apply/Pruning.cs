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
    /// <param name="last">What the manager owned before.</param>
    /// <param name="owned">What all managers own now, the new configuration included.</param>
    /// <param name="schema">The kind's schema.</param>
    public static ObjectValue Prune(ObjectValue merged, ObjectValue? last, ObjectValue? owned, StructSchema? schema)
    {
        if (FieldSet.Difference(last, owned) is null)
            return merged;
        var root = new TypedField(schema);
        var named = FieldSet.WithNamedFields(last, root);
        var all = Fields(merged, schema);
        var survivors = Fields(FieldRemoval.Without(merged, named, schema), schema);
        var kept = FieldSet.Union(survivors, FieldSet.WithNamedFields(owned, root));
        var withOwned = Fields(FieldRemoval.Without(merged, FieldSet.Difference(all, kept), schema), schema);
        var removed = FieldSet.Intersection(FieldSet.Difference(all, withOwned), named);
        return FieldRemoval.Without(merged, FieldSet.Difference(removed, Metadata), schema);
    }

    private static ObjectValue? Fields(ObjectValue tree, StructSchema? schema) =>
        FieldSet.WithNamedFields(OwnedFields.Of(tree, schema), new TypedField(schema));
}
