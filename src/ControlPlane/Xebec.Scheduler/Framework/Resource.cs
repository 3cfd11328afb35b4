using Xebec.ApiMachinery.Quantities;

namespace Xebec.Scheduler.Framework;

/// <summary>Amounts of resources: thousandths of a CPU, bytes, and extended ones sorted by name. Immutable.</summary>
internal readonly struct Resource(long milliCpu, long memoryBytes, long ephemeralStorageBytes, ScalarResource[]? scalars = null)
{
    private readonly ScalarResource[]? _scalars = scalars;

    public long MilliCpu => milliCpu;

    public long MemoryBytes => memoryBytes;

    public long EphemeralStorageBytes => ephemeralStorageBytes;

    public ReadOnlySpan<ScalarResource> Scalars => _scalars;

    public static Resource Of(Dictionary<string, Quantity> amounts)
    {
        var result = default(Resource);
        foreach (var (name, quantity) in amounts)
            result += Of(name, quantity);
        return result;
    }

    public static Resource operator +(Resource left, Resource right) => new(
        left.MilliCpu + right.MilliCpu,
        left.MemoryBytes + right.MemoryBytes,
        left.EphemeralStorageBytes + right.EphemeralStorageBytes,
        Merge(left._scalars, right._scalars, static (a, b) => a + b));

    public static Resource operator -(Resource left, Resource right) => new(
        left.MilliCpu - right.MilliCpu,
        left.MemoryBytes - right.MemoryBytes,
        left.EphemeralStorageBytes - right.EphemeralStorageBytes,
        right._scalars is null ? left._scalars : Merge(left._scalars, right._scalars, static (a, b) => a - b));

    /// <summary>The larger of each amount.</summary>
    public static Resource Max(Resource left, Resource right) => new(
        Math.Max(left.MilliCpu, right.MilliCpu),
        Math.Max(left.MemoryBytes, right.MemoryBytes),
        Math.Max(left.EphemeralStorageBytes, right.EphemeralStorageBytes),
        Merge(left._scalars, right._scalars, Math.Max));

    /// <summary>The amount of an extended resource; zero when there is none.</summary>
    public long Scalar(string name)
    {
        foreach (var scalar in Scalars)
        {
            if (scalar.Name == name)
                return scalar.Amount;
        }

        return 0;
    }

    private static Resource Of(string name, Quantity quantity) => name switch
    {
        "cpu" => new(quantity.MilliValue, 0, 0),
        "memory" => new(0, quantity.WholeValue, 0),
        "ephemeral-storage" => new(0, 0, quantity.WholeValue),
        "pods" => default,
        _ => new(0, 0, 0, [new ScalarResource(name, quantity.WholeValue)]),
    };

    private static ScalarResource[]? Merge(ScalarResource[]? left, ScalarResource[]? right, Func<long, long, long> combine)
    {
        if (right is null || (left is null && right.Length == 0))
            return left;
        var merged = new List<ScalarResource>((left?.Length ?? 0) + right.Length);
        var (l, r) = (0, 0);
        while (l < (left?.Length ?? 0) || r < right.Length)
        {
            var order = l == (left?.Length ?? 0) ? 1 : r == right.Length ? -1 : string.CompareOrdinal(left![l].Name, right[r].Name);
            var name = order <= 0 ? left![l].Name : right[r].Name;
            merged.Add(new ScalarResource(name, combine(order <= 0 ? left![l++].Amount : 0, order >= 0 ? right[r++].Amount : 0)));
        }

        return merged.ToArray();
    }
}
