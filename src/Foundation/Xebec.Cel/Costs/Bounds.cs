namespace Xebec.Cel.Costs;

/// <summary>The least and the most a size or a cost may be; sums and products stop at the largest number.</summary>
internal readonly record struct Bounds(ulong Min, ulong Max)
{
    public static readonly Bounds Unknown = new(0, ulong.MaxValue);

    public static Bounds Exactly(ulong value) => new(value, value);

    public static Bounds operator +(Bounds left, Bounds right) => new(Add(left.Min, right.Min), Add(left.Max, right.Max));

    public static Bounds operator *(Bounds left, Bounds right) => new(Multiply(left.Min, right.Min), Multiply(left.Max, right.Max));

    /// <summary>Multiplied by a factor and rounded up.</summary>
    public static Bounds operator *(Bounds bounds, double factor) => new(Multiply(bounds.Min, factor), Multiply(bounds.Max, factor));

    public Bounds Union(Bounds other) => new(Math.Min(Min, other.Min), Math.Max(Max, other.Max));

    private static ulong Add(ulong left, ulong right) => left > ulong.MaxValue - right ? ulong.MaxValue : left + right;

    private static ulong Multiply(ulong left, ulong right) => right != 0 && left > ulong.MaxValue / right ? ulong.MaxValue : left * right;

    private static ulong Multiply(ulong value, double factor)
    {
        var product = Math.Ceiling(value * factor);
        return product >= 18446744073709551616.0 ? ulong.MaxValue : (ulong)product;
    }
}
