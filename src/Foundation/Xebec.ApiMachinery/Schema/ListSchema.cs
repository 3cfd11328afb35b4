namespace Xebec.ApiMachinery.Schema;

/// <summary>A list type. How it merges (list type, keys) is a fact of the field that uses it, see <see cref="FieldSchema"/>.</summary>
/// <param name="item">The type of the items.</param>
public sealed class ListSchema(TypeSchema item) : TypeSchema
{
    /// <summary>The type of the items.</summary>
    public TypeSchema Item { get; } = item;

    /// <summary>What the items say of themselves besides their type, as the schemas of custom kinds do; null for built-in types.</summary>
    public FieldSchema? ItemField { get; }

    internal ListSchema(FieldSchema item)
        : this(item.Type) => ItemField = item;
}
