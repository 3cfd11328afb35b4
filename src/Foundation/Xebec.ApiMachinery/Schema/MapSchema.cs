namespace Xebec.ApiMachinery.Schema;

/// <summary>A map from strings.</summary>
/// <param name="value">The type of the values.</param>
public sealed class MapSchema(TypeSchema value) : TypeSchema
{
    /// <summary>The type of the values.</summary>
    public TypeSchema Value { get; } = value;

    /// <summary>What the values say of themselves besides their type, as the schemas of custom kinds do; null for built-in types.</summary>
    public FieldSchema? ValueField { get; }

    internal MapSchema(FieldSchema value)
        : this(value.Type) => ValueField = value;
}
