using System.Collections.Immutable;

namespace Xebec.ApiServer.WatchCache;

/// <summary>The objects of one resource at one revision: immutable, so a list or a page of one never sees a later write.</summary>
internal sealed class CacheSnapshot(ImmutableSortedDictionary<string, CachedObject> objects, long revision)
{
    private CachedObject[]? _ordered;

    /// <summary>The objects by key.</summary>
    public ImmutableSortedDictionary<string, CachedObject> Objects { get; } = objects;

    /// <summary>The store revision up to which every change is in it.</summary>
    public long Revision { get; } = revision;

    /// <summary>The objects in key order, laid out flat on first use.</summary>
    public CachedObject[] Ordered => _ordered ??= [.. Objects.Values];

    /// <summary>Where the keys that start with a prefix begin and end in <see cref="Ordered"/>.</summary>
    public (int Start, int End) Find(string prefix, string? afterKey)
    {
        var start = LowerBound(prefix);
        var end = start;
        var after = afterKey is null ? start : Math.Max(start, LowerBound(afterKey + "\0"));
        var ordered = Ordered;
        var (low, high) = (start, ordered.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ordered[middle].Key.StartsWith(prefix, StringComparison.Ordinal))
                low = middle + 1;
            else
                high = middle;
        }

        end = low;
        return (Math.Min(after, end), end);
    }

    private int LowerBound(string key)
    {
        var ordered = Ordered;
        var (low, high) = (0, ordered.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(ordered[middle].Key, key) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
