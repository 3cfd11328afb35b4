using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Patches;

/// <summary>
/// Strategic merge patch: a merge patch that merges lists by the keys their schema names, with the directives $patch, $retainKeys,
/// $deleteFromPrimitiveList and $setElementOrder. Only for kinds with a built-in schema.
/// </summary>
public static class StrategicMergePatch
{
    /// <summary>Patches an object in place and returns it; nothing mutable of the patch is shared with it.</summary>
    /// <exception cref="ApiException">400 or 500 as upstream answers a malformed patch; the object is then of no use.</exception>
    public static ObjectValue Apply(ObjectValue target, Value patch, StructSchema schema) =>
        patch is ObjectValue members
            ? MergeMap(target, (ObjectValue)members.DeepClone(), schema)
            : throw ApiErrors.BadRequest("error decoding patch: json: cannot unmarshal the patch into an object");

    internal static ObjectValue MergeMap(ObjectValue original, ObjectValue patch, TypeSchema? schema)
    {
        if (patch[PatchDirectives.Patch] is { } directive)
            return Direct(directive, patch);
        RetainKeys(original, patch);
        foreach (var (name, value) in patch)
        {
            if (name.StartsWith(PatchDirectives.DeleteFromPrimitiveList, StringComparison.Ordinal))
                DeletePrimitives(original, name[PatchDirectives.DeleteFromPrimitiveList.Length..], value);
            else if (name.StartsWith(PatchDirectives.SetElementOrder, StringComparison.Ordinal))
                MergeOrderOnly(original, patch, name, value, schema);
            else if (name != PatchDirectives.RetainKeys)
                MergeMember(original, patch, name, value, schema);
        }

        return original;
    }

    private static ObjectValue Direct(Value directive, ObjectValue patch)
    {
        switch (directive.AsString())
        {
            case "replace":
                return (ObjectValue)PatchDirectives.Strip(patch);
            case "delete":
                return [];
            default:
                throw PatchDirectives.BadPatchType(directive, patch);
        }
    }

    private static void RetainKeys(ObjectValue original, ObjectValue patch)
    {
        if (patch[PatchDirectives.RetainKeys] is not { } directive)
            return;
        if (directive is not ListValue list)
            throw PatchDirectives.BadList("retainKeys");
        var retained = list.Select(k => k.AsString() ?? throw PatchDirectives.BadList("retainKeys")).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in patch)
        {
            if (!PatchDirectives.IsDirective(name) && value is not NullValue && !retained.Contains(name))
                throw PatchDirectives.BadList("retainKeys");
        }

        foreach (var name in original.Select(m => m.Key).Where(k => !retained.Contains(k)).ToArray())
            original.Remove(name);
    }

    private static void DeletePrimitives(ObjectValue original, string name, Value items)
    {
        if (items is not ListValue deleted)
            throw PatchDirectives.BadList("primitive list");
        if (original[name] is ListValue list)
            original[name] = new ListValue(list.Where(i => !deleted.Any(i.DeepEquals)));
    }

    // An order without its list only reorders; with its list, the list's own turn does both.
    private static void MergeOrderOnly(ObjectValue original, ObjectValue patch, string directive, Value order, TypeSchema? schema)
    {
        var name = directive[PatchDirectives.SetElementOrder.Length..];
        if (order is not ListValue wanted)
            throw PatchDirectives.BadList("setElementOrder list");
        if (patch.ContainsKey(name) || original[name] is not ListValue list)
            return;
        var mergeKey = (schema as StructSchema)?.Field(name)?.PatchMergeKey;
        original[name] = ElementOrder.Normalize(list, wanted, list, mergeKey);
    }

    private static void MergeMember(ObjectValue original, ObjectValue patch, string name, Value value, TypeSchema? schema)
    {
        var present = original[name];
        var field = (schema as StructSchema)?.Field(name);
        if (value is NullValue)
            original.Remove(name);
        else if (present is ObjectValue map && value is ObjectValue mapPatch)
            original[name] = MergeMap(map, mapPatch, field?.Type ?? (schema as MapSchema)?.Value);
        else if (value is ListValue listPatch && present is null or ListValue && field is { PatchMerge: true })
            original[name] = StrategicList.Merge(present as ListValue ?? [], listPatch, OrderOf(patch, name), field);
        else
            original[name] = PatchDirectives.Strip(value);
    }

    private static ListValue? OrderOf(ObjectValue patch, string name) => patch[PatchDirectives.SetElementOrder + name] switch
    {
        null => null,
        ListValue order => order,
        _ => throw PatchDirectives.BadList("setElementOrder list"),
    };
}
