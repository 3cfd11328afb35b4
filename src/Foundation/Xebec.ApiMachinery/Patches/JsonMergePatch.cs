using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Patches;

/// <summary>JSON merge patch (RFC 7386): objects merge member by member, null removes, everything else replaces.</summary>
public static class JsonMergePatch
{
    /// <summary>Patches an API object in place and returns it; nothing of the patch is shared with it.</summary>
    /// <exception cref="ApiException">400: the patch is not an object.</exception>
    public static ObjectValue Apply(ObjectValue target, Value patch)
    {
        if (patch is not ObjectValue members)
            throw ApiErrors.BadRequest("error decoding patch: json: cannot unmarshal the patch into an object");
        Merge(target, members);
        return target;
    }

    /// <summary>The RFC's function on any two values; the target is changed in place where it is an object.</summary>
    public static Value Merge(Value? target, Value patch)
    {
        if (patch is not ObjectValue members)
            return patch.DeepClone();
        var result = target as ObjectValue ?? [];
        foreach (var (name, value) in members)
        {
            if (value is NullValue)
                result.Remove(name);
            else
                result[name] = Merge(result[name], value);
        }

        return result;
    }
}
