namespace Xebec.ComponentBase.Metrics;

/// <summary>The label values of one series, compared by value: up to four without an array.</summary>
internal readonly struct LabelValues : IEquatable<LabelValues>, IComparable<LabelValues>
{
    private readonly string? _first, _second, _third, _fourth;
    private readonly string[]? _rest;

    public LabelValues(ReadOnlySpan<string> values)
    {
        Count = values.Length;
        if (Count > 0) _first = values[0];
        if (Count > 1) _second = values[1];
        if (Count > 2) _third = values[2];
        if (Count > 3) _fourth = values[3];
        if (Count > 4) _rest = values[4..].ToArray();
    }

    public int Count { get; }

    public string this[int index] => index switch { 0 => _first!, 1 => _second!, 2 => _third!, 3 => _fourth!, _ => _rest![index - 4] };

    public bool Equals(LabelValues other) =>
        Count == other.Count && _first == other._first && _second == other._second && _third == other._third && _fourth == other._fourth
        && _rest.AsSpan().SequenceEqual(other._rest);

    public override bool Equals(object? obj) => obj is LabelValues other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Count, _first, _second, _third, _fourth);

    public int CompareTo(LabelValues other)
    {
        for (var i = 0; i < Math.Min(Count, other.Count); i++)
            if (string.CompareOrdinal(this[i], other[i]) is not 0 and var order) return order;
        return Count.CompareTo(other.Count);
    }
}
