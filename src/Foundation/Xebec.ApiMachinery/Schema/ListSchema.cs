namespace Xebec.ApiMachinery.Schema;

/// <summary>A list type. How it merges (list type, keys) is a fact of the field that uses it, see <see cref="FieldSchema"/>.</summary>
/// <param name="item">The type of the items.</param>
public sealed class ListSchema(TypeSchema item) : TypeSchema
{
    /// <summary>The type of the items.</summary>
    public TypeSchema Item { get; } = item;
}
