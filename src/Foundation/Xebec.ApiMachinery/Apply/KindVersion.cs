using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Apply;

/// <summary>One version of a kind, as ownership needs it.</summary>
/// <param name="ApiVersion">For example apps/v1.</param>
/// <param name="Schema">Its schema; null when there is none: then maps are owned by member and lists as a whole.</param>
/// <param name="Convert">Brings an object of any version of the kind, which may be reused, to this one.</param>
public sealed record KindVersion(string ApiVersion, StructSchema? Schema, Func<ObjectValue, ValueTask<ObjectValue>> Convert)
{
    /// <summary>An object in this version, without its managedFields; the given one is not changed.</summary>
    internal ValueTask<ObjectValue> ReadAsync(ObjectValue tree)
    {
        if (tree.GetString("apiVersion") is not { } version || version == ApiVersion)
            return ValueTask.FromResult(tree);
        var copy = (ObjectValue)tree.DeepClone();
        copy.GetObject("metadata")?.Remove("managedFields");
        return Convert(copy);
    }
}
