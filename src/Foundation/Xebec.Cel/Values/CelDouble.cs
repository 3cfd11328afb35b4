using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Values;

/// <summary>A 64-bit floating point number.</summary>
internal sealed class CelDouble(double number) : CelValue
{
    public double Number { get; } = number;

    public override CelType Type => CelType.Double;

    internal override bool IsZero => Number == 0;

    public override Value ToJson() =>
        double.IsFinite(Number) ? new NumberValue(Number) : throw new CelEvaluationException($"{Number} has no JSON form");

    internal override bool EqualTo(CelValue other) => CelNumbers.Compare(Number, other) == 0;

    internal override int? CompareTo(CelValue other) => CelNumbers.Compare(Number, other);

    internal override int Hash() => CelNumbers.Hash(Number);
}
