using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Patches;

/// <summary>The members of a strategic merge patch that are instructions, not values.</summary>
internal static class PatchDirectives
{
    public const string Patch = "$patch";
    public const string RetainKeys = "$retainKeys";
    public const string DeleteFromPrimitiveList = "$deleteFromPrimitiveList/";
    public const string SetElementOrder = "$setElementOrder/";

    public static bool IsDirective(string name) =>
        name is Patch or RetainKeys
        || name.StartsWith(DeleteFromPrimitiveList, StringComparison.Ordinal)
        || name.StartsWith(SetElementOrder, StringComparison.Ordinal);

    /// <summary>A value as it enters the object: without nulls in objects and without instructions.</summary>
    public static Value Strip(Value value)
    {
        switch (value)
        {
            case ObjectValue members:
                return StripMembers(members);
            case ListValue list:
                return new ListValue(list.Where(i => (i as ObjectValue)?.GetString(Patch) is not ("delete" or "replace")).Select(Strip));
            default:
                return value;
        }
    }

    public static ApiException BadPatchType(Value type, ObjectValue patch) =>
        Failure($"unknown patch type: {GoText.Show(type)} in map: {GoText.Show(patch)}");

    public static ApiException NoMergeKey(ObjectValue item, string mergeKey) =>
        Failure($"map: {GoText.Show(item)} does not contain declared merge key: {mergeKey}");

    public static ApiException BadList(string directive) => ApiErrors.BadRequest($"invalid patch format of {directive}");

    // Upstream answers these with 500 and no reason; the mistake is the client's, so here it is a 400.
    public static ApiException Failure(string message) => ApiErrors.BadRequest(message);

    private static ObjectValue StripMembers(ObjectValue members)
    {
        var result = new ObjectValue();
        foreach (var (name, member) in members)
        {
            if (member is not NullValue && !IsDirective(name))
                result[name] = Strip(member);
        }

        return result;
    }
}
