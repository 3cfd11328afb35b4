using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.CustomResources;

/// <summary>The names of a custom resource (CustomResourceDefinitionNames).</summary>
internal sealed record CustomNames(
    string Plural, string Singular, string Kind, string ListKind, IReadOnlyList<string> ShortNames, IReadOnlyList<string> Categories)
{
    /// <summary>Reads spec.names or status.acceptedNames; what is absent is empty.</summary>
    public static CustomNames Read(ObjectValue? names) => new(
        names?.GetString("plural") ?? "",
        names?.GetString("singular") ?? "",
        names?.GetString("kind") ?? "",
        names?.GetString("listKind") ?? "",
        Texts(names?.GetList("shortNames")),
        Texts(names?.GetList("categories")));

    /// <summary>The names as the API writes them.</summary>
    public ObjectValue ToTree()
    {
        var tree = new ObjectValue { { "plural", Plural } };
        if (Singular.Length > 0)
            tree["singular"] = Singular;
        if (ShortNames.Count > 0)
            tree["shortNames"] = new ListValue(ShortNames.Select(n => (Value)n));
        tree["kind"] = Kind;
        if (ListKind.Length > 0)
            tree["listKind"] = ListKind;
        if (Categories.Count > 0)
            tree["categories"] = new ListValue(Categories.Select(n => (Value)n));
        return tree;
    }

    private static string[] Texts(ListValue? list) => list is null ? [] : [.. list.Select(t => t.AsString() ?? "")];
}
