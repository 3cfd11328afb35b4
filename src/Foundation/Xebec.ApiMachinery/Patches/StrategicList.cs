using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Patches;

/// <summary>Merges a list of a strategic merge patch into the object's list: objects by merge key, scalars as a set.</summary>
internal static class StrategicList
{
    public static ListValue Merge(ListValue original, ListValue patch, ListValue? order, FieldSchema field)
    {
        var mergeKey = field.PatchMergeKey;
        if (order is not null)
            CheckOrder(patch, order, mergeKey);
        var isOfObjects = original.Concat(patch).Any(i => i is ObjectValue);
        if (isOfObjects && mergeKey is null)
            throw PatchDirectives.Failure($"cannot merge lists without merge key for {field.Name}");
        var items = patch;
        if (isOfObjects && !ApplySpecialItems(ref original, ref items, mergeKey!))
            return items;
        var server = new ListValue(original);
        var merged = isOfObjects ? MergeObjects(original, items, field) : MergeScalars(original, items);
        return ElementOrder.Normalize(merged, order ?? items, server, mergeKey);
    }

    // Carries out the items that are $patch directives and takes them out; false when the list is replaced as a whole.
    private static bool ApplySpecialItems(ref ListValue original, ref ListValue patch, string mergeKey)
    {
        var plain = new ListValue();
        var isReplaced = false;
        foreach (var item in patch)
        {
            var map = Map(item);
            switch (map.GetString(PatchDirectives.Patch))
            {
                case null:
                    plain.Add(map);
                    break;
                case "delete":
                    var key = map[mergeKey] ?? throw PatchDirectives.NoMergeKey(map, mergeKey);
                    original = new ListValue(original.Where(o => !key.DeepEquals((o as ObjectValue)?[mergeKey])));
                    break;
                case "replace":
                    isReplaced = true;
                    break;
                case "merge":
                    throw PatchDirectives.Failure("merging lists cannot yet be specified in the patch");
                default:
                    throw PatchDirectives.BadPatchType(map[PatchDirectives.Patch]!, map);
            }
        }

        patch = isReplaced ? (ListValue)PatchDirectives.Strip(plain) : plain;
        return !isReplaced;
    }

    private static ListValue MergeObjects(ListValue original, ListValue patch, FieldSchema field)
    {
        var merged = new ListValue(original);
        foreach (var item in patch)
        {
            var map = Map(item);
            var key = map[field.PatchMergeKey!] ?? throw PatchDirectives.NoMergeKey(map, field.PatchMergeKey!);
            var at = ElementOrder.IndexOf(merged, key, field.PatchMergeKey);
            var itemSchema = (field.Type as ListSchema)?.Item;
            if (at < 0)
                merged.Add(StrategicMergePatch.MergeMap([], map, itemSchema));
            else
                merged[at] = StrategicMergePatch.MergeMap((ObjectValue)merged[at], map, itemSchema);
        }

        return merged;
    }

    private static ListValue MergeScalars(ListValue original, ListValue patch)
    {
        var merged = new ListValue();
        foreach (var item in original.Concat(patch))
        {
            if (!merged.Any(item.DeepEquals))
                merged.Add(item);
        }

        return merged;
    }

    // The patch's items must stand in the order's order and be named by it.
    private static void CheckOrder(ListValue patch, ListValue order, string? mergeKey)
    {
        var last = -1;
        foreach (var item in patch)
        {
            if ((item as ObjectValue)?.ContainsKey(PatchDirectives.Patch) == true)
                continue;
            var key = ElementOrder.KeyOf(item, mergeKey);
            var at = key is null ? -1 : ElementOrder.IndexOf(order, key, mergeKey);
            if (at < 0 || at < last)
                throw PatchDirectives.BadList("setElementOrder list");
            last = at;
        }
    }

    private static ObjectValue Map(Value item) =>
        item as ObjectValue ?? throw PatchDirectives.Failure("lists must hold values of one type to be merged");
}
