using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Values;

/// <summary>A signed 64-bit integer; the small ones are shared.</summary>
internal sealed class CelInt : CelValue
{
    private const int SmallFrom = -16;
    private static readonly CelInt[] Small = [.. Enumerable.Range(SmallFrom, 1040).Select(i => new CelInt(i))];

    private CelInt(long number) => Number = number;

    public long Number { get; }

    public override CelType Type => CelType.Int;

    internal override bool IsZero => Number == 0;

    public static CelInt Of(long number) => (ulong)(number - SmallFrom) < (ulong)Small.Length ? Small[number - SmallFrom] : new CelInt(number);

    public override long? AsInt() => Number;

    public override Value ToJson() => Number;

    internal override bool EqualTo(CelValue other) => CelNumbers.Compare(Number, other) == 0;

    internal override int? CompareTo(CelValue other) => CelNumbers.Compare(Number, other);

    internal override int Hash() => CelNumbers.Hash(Number);
}
