namespace Xebec.Cel.Values;

/// <summary>A type as a value; types are equal by name.</summary>
internal sealed class CelTypeValue(CelType named) : CelValue
{
    public CelType Named { get; } = named;

    public override CelType Type => CelType.Type;

    internal override bool EqualTo(CelValue other) => other is CelTypeValue type && type.Named.Name == Named.Name;
}
