namespace Xebec.Cel.Costs;

/// <summary>How large the items, or the keys and values, of a list or map that an expression makes are.</summary>
internal sealed record EntrySize(CelTypeKind Container, Bounds Key, Bounds Value)
{
    public static EntrySize? Union(EntrySize? left, EntrySize? right) => left is null || right is null
        ? null
        : new EntrySize(left.Container, left.Key.Union(right.Key), left.Value.Union(right.Value));
}
