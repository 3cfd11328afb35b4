using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Apply;

/// <summary>Fields that a request at some path cannot write, so that whoever sends them does not own them. Immutable.</summary>
internal sealed class ResetFields
{
    /// <summary>Resets nothing.</summary>
    public static readonly ResetFields None = new(null);

    /// <summary>What a write to an object with a status subresource resets.</summary>
    public static readonly ResetFields Status = Of("status");

    /// <summary>What a write to the status subresource resets.</summary>
    public static readonly ResetFields Spec = Of("spec");

    private ResetFields(ObjectValue? set) => Set = set;

    internal ObjectValue? Set { get; }

    /// <summary>Resets the fields at dotted paths, for example <c>metadata.labels</c>, and all below them.</summary>
    public static ResetFields Of(params ReadOnlySpan<string> paths)
    {
        ObjectValue? set = null;
        foreach (var path in paths)
        {
            var node = FieldSet.Leaf;
            foreach (var name in path.Split('.').Reverse())
                node = new ObjectValue { [PathElement.OfMember(name)] = node };
            set = FieldSet.Union(set, node);
        }

        return new ResetFields(set);
    }

    /// <summary>
    /// What a write at a path of a kind resets by default: the status outside, everything else of spec inside, the status
    /// subresource.
    /// </summary>
    public static ResetFields For(StructSchema? schema, string subresource) =>
        schema?.Field("status") is null ? None : subresource == "status" ? Spec : Status;
}
