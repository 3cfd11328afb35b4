using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Values;

/// <summary>null.</summary>
internal sealed class CelNull : CelValue
{
    public static readonly CelNull Instance = new();

    private CelNull()
    {
    }

    public override CelType Type => CelType.Null;

    internal override bool IsZero => true;

    public override Value ToJson() => Value.Null;

    internal override bool EqualTo(CelValue other) => other is CelNull;
}
