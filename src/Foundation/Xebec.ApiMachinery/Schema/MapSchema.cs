namespace Xebec.ApiMachinery.Schema;

/// <summary>A map from strings.</summary>
/// <param name="value">The type of the values.</param>
public sealed class MapSchema(TypeSchema value) : TypeSchema
{
    /// <summary>The type of the values.</summary>
    public TypeSchema Value { get; } = value;
}
