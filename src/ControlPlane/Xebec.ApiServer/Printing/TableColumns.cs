using System.Collections.Frozen;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.Printing;

/// <summary>The columns of every kind: one visible table. Kinds that are not in it show name and creation time.</summary>
internal static class TableColumns
{
    private static readonly TableColumn Name = new(
        "Name", "string", "Name must be unique within a namespace.", 0, static (o, _) => o.GetObject("metadata")?["name"] ?? "") { Format = "name" };

    private static readonly TableColumn[] Default =
    [
        Name,
        new("Created At", "date", "CreationTimestamp is the server time when this object was created.", 0,
            static (o, _) => o.GetObject("metadata")?["creationTimestamp"] ?? ""),
    ];

    private static readonly FrozenDictionary<string, TableColumn[]> ByKind = new Dictionary<string, TableColumn[]>
    {
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The columns of a resource.</summary>
    public static IReadOnlyList<TableColumn> For(ServedResource resource) =>
        resource.PrinterColumns ?? ByKind.GetValueOrDefault($"{resource.Info.GroupVersion} {resource.Info.Kind}") ?? Default;
}
