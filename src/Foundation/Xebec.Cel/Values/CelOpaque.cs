namespace Xebec.Cel.Values;

/// <summary>A library's own value, such as a quantity or an address, around the .NET value that has its meaning.</summary>
internal abstract class CelOpaque(CelType type) : CelValue
{
    public override CelType Type { get; } = type;
}
