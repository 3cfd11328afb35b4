using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Structural;

/// <summary>Drops what a schema does not declare (API concepts, "field pruning"). Pure, in place.</summary>
public static class Pruning
{
    /// <summary>Prunes a whole object; apiVersion, kind and metadata stay.</summary>
    /// <param name="tree">The object, which is changed.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="dropped">Where to put the path of each field dropped; null to not collect them.</param>
    public static void Prune(ObjectValue tree, StructuralSchema schema, List<string>? dropped = null) =>
        Members(tree, schema, isResource: true, "", dropped);

    private static void Walk(Value value, StructuralSchema? schema, string path, List<string>? dropped)
    {
        switch (value)
        {
            case ObjectValue members:
                Members(members, schema, schema?.IsEmbeddedResource == true, path, dropped);
                break;
            case ListValue items:
                for (var i = 0; i < items.Count; i++)
                    Walk(items[i], schema?.Items ?? KeepingItems(schema), dropped is null ? "" : $"{path}[{i}]", dropped);
                break;
        }
    }

    private static readonly StructuralSchema Keeping = new() { PreservesUnknownFields = true };

    private static StructuralSchema? KeepingItems(StructuralSchema? schema) => schema?.PreservesUnknownFields == true ? Keeping : null;

    private static void Members(ObjectValue members, StructuralSchema? schema, bool isResource, string path, List<string>? dropped)
    {
        for (var i = 0; i < members.Count; i++)
        {
            var (name, value) = members.At(i);
            if (isResource && name is "apiVersion" or "kind" or "metadata" && isResource)
                continue;
            var here = dropped is null ? "" : path.Length == 0 ? name : $"{path}.{name}";
            if (schema?.Properties.GetValueOrDefault(name) is { } declared)
                Walk(value, declared, here, dropped);
            else if (schema?.AdditionalProperties is { } others)
                Walk(value, others, here, dropped);
            else if (schema?.AllowsAdditional == true)
                Walk(value, KeepingItems(schema), here, dropped);
            else if (schema?.PreservesUnknownFields != true)
            {
                members.Remove(name);
                dropped?.Add(here);
                i--;
            }
        }
    }
}
