using Xebec.Cel.Values;

namespace Xebec.Cel.Libraries;

/// <summary>Arithmetic of numbers; an overflow of integers is an error.</summary>
internal static class Arithmetic
{
    private static readonly CelError IntOverflow = new("integer overflow");
    private static readonly CelError UintOverflow = new("unsigned integer overflow");

    public static CelValue Negate(CelValue value) =>
        ((CelInt)value).Number is var number and not long.MinValue ? CelInt.Of(-number) : IntOverflow;

    public static CelValue Add(CelValue left, CelValue right) => Exact(
        left, right, (a, b) => (Int128)a + b, (a, b) => a + b);

    public static CelValue Subtract(CelValue left, CelValue right) => Exact(
        left, right, (a, b) => (Int128)a - b, (a, b) => a - b);

    public static CelValue Multiply(CelValue left, CelValue right) => Exact(
        left, right, (a, b) => (Int128)a * b, (a, b) => a * b);

    public static CelValue Divide(CelValue left, CelValue right) => IsZero(right)
        ? CelError.DivisionByZero
        : Exact(left, right, (a, b) => a / b, (a, b) => a / b);

    public static CelValue Modulo(CelValue left, CelValue right) => IsZero(right)
        ? CelError.ModulusByZero
        : left is CelInt { Number: long.MinValue } && right is CelInt { Number: -1 }
            ? IntOverflow
            : Exact(left, right, (a, b) => a % b, (a, _) => a);

    private static bool IsZero(CelValue value) => value is CelInt { Number: 0 } or CelUint { Number: 0 };

    private static CelValue Exact(
        CelValue left, CelValue right, Func<Int128, Int128, Int128> whole, Func<double, double, double> real) => left switch
    {
        CelInt a => Int(whole(a.Number, ((CelInt)right).Number)),
        CelUint a => Uint(a.Number, ((CelUint)right).Number, whole),
        _ => new CelDouble(real(((CelDouble)left).Number, ((CelDouble)right).Number)),
    };

    private static CelValue Int(Int128 value) => value >= long.MinValue && value <= long.MaxValue ? CelInt.Of((long)value) : IntOverflow;

    private static CelValue Uint(ulong left, ulong right, Func<Int128, Int128, Int128> whole)
    {
        // The product of two large ones does not fit 128 signed bits.
        if (left > long.MaxValue && right > long.MaxValue && whole(2, 3) == 6)
            return UintOverflow;
        var value = whole(left, right);
        return value >= 0 && value <= ulong.MaxValue ? new CelUint((ulong)value) : UintOverflow;
    }
}
