using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Values;

/// <summary>An unsigned 64-bit integer.</summary>
internal sealed class CelUint(ulong number) : CelValue
{
    public ulong Number { get; } = number;

    public override CelType Type => CelType.Uint;

    internal override bool IsZero => Number == 0;

    public override Value ToJson() => Number <= long.MaxValue ? new NumberValue((long)Number) : new NumberValue((double)Number);

    internal override bool EqualTo(CelValue other) => CelNumbers.Compare(Number, other) == 0;

    internal override int? CompareTo(CelValue other) => CelNumbers.Compare(Number, other);

    internal override int Hash() => CelNumbers.Hash(Number);
}
