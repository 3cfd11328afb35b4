namespace Xebec.Cel.Values;

/// <summary>Comparison of numbers across their types, exact where doubles are not.</summary>
internal static class CelNumbers
{
    public static int? Compare(long left, CelValue right) => right switch
    {
        CelInt number => left.CompareTo(number.Number),
        CelUint number => left < 0 ? -1 : ((ulong)left).CompareTo(number.Number),
        CelDouble number => Compare(left, number.Number),
        _ => null,
    };

    public static int? Compare(ulong left, CelValue right) => right switch
    {
        CelUint number => left.CompareTo(number.Number),
        CelInt number => number.Number < 0 ? 1 : left.CompareTo((ulong)number.Number),
        CelDouble number => Compare(left, number.Number),
        _ => null,
    };

    public static int? Compare(double left, CelValue right) => right switch
    {
        CelDouble number => Order(left, number.Number),
        CelInt number => -Compare(number.Number, left),
        CelUint number => -Compare(number.Number, left),
        _ => null,
    };

    public static int Hash(long number) => number.GetHashCode();

    public static int Hash(ulong number) => number <= long.MaxValue ? Hash((long)number) : number.GetHashCode();

    public static int Hash(double number) => number switch
    {
        >= -9.3e18 and < 9.223372036854775807e18 when Math.Truncate(number) == number => Hash((long)number),
        > 0 and < 1.8446744073709551615e19 when Math.Truncate(number) == number => Hash((ulong)number),
        _ => number.GetHashCode(),
    };

    // NaN compares as neither: null, which makes every relation false.
    private static int? Order(double left, double right) =>
        double.IsNaN(left) || double.IsNaN(right) ? null : left.CompareTo(right);

    private static int? Compare(long left, double right) => right switch
    {
        double.NaN => null,
        >= 9.223372036854775807e18 => -1,
        < -9.223372036854775808e18 => 1,
        _ => left.CompareTo((long)right) is var whole and not 0 ? whole : -(right - Math.Truncate(right)).CompareTo(0.0),
    };

    private static int? Compare(ulong left, double right) => right switch
    {
        double.NaN => null,
        < 0 => 1,
        >= 1.8446744073709551615e19 => -1,
        _ => left.CompareTo((ulong)right) is var whole and not 0 ? whole : -(right - Math.Truncate(right)).CompareTo(0.0),
    };
}
