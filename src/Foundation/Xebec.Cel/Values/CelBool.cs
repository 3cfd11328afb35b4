using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Values;

/// <summary>true or false.</summary>
internal sealed class CelBool : CelValue
{
    public static readonly CelBool True = new(true);

    public static readonly CelBool False = new(false);

    private CelBool(bool flag) => Flag = flag;

    public bool Flag { get; }

    public override CelType Type => CelType.Bool;

    internal override bool IsZero => !Flag;

    public static CelBool Of(bool flag) => flag ? True : False;

    public override bool? AsBool() => Flag;

    public override Value ToJson() => Flag;

    internal override bool EqualTo(CelValue other) => ReferenceEquals(this, other);

    internal override int? CompareTo(CelValue other) => other is CelBool flag ? Flag.CompareTo(flag.Flag) : null;

    internal override int Hash() => Flag ? 1 : 2;
}
