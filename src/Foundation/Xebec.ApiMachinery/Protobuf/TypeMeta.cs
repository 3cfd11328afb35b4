using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Protobuf;

/// <summary>apiVersion and kind, which protobuf keeps in the envelope and JSON in the object.</summary>
internal static class TypeMeta
{
    /// <summary>The tree with both in it, in schema order; unchanged for a struct without them.</summary>
    public static ObjectValue With(ObjectValue tree, StructSchema schema, string apiVersion, string kind)
    {
        if (!IsInlined(schema))
            return tree;
        var result = new ObjectValue(tree.Count + 2);
        if (kind.Length > 0)
            result.Append("kind", kind);
        if (apiVersion.Length > 0)
            result.Append("apiVersion", apiVersion);
        foreach (var (name, value) in tree)
        {
            if (name is not ("kind" or "apiVersion"))
                result.Append(name, value);
        }

        return result;
    }

    /// <summary>Both, or empty for a struct without them.</summary>
    public static (string ApiVersion, string Kind) Of(ObjectValue tree, StructSchema schema) => IsInlined(schema)
        ? (tree.GetString("apiVersion") ?? "", tree.GetString("kind") ?? "")
        : ("", "");

    private static bool IsInlined(StructSchema schema) => schema.Field("apiVersion") is { InlinedFrom.Name: "TypeMeta", WireNumbers.Count: 0 };
}
