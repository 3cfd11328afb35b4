using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Apply;

/// <summary>The items of two lists that have the same keys; normally at most one of each.</summary>
internal sealed class ItemPair
{
    public List<Value> Left { get; } = [];

    public List<Value> Right { get; } = [];

    /// <summary>
    /// Matches the items of two lists by their steps, in the order they are first met. Items without keys go by position.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, ItemPair>> Match(ListValue? left, ListValue? right, in TypedField list)
    {
        var pairs = new Dictionary<string, ItemPair>(StringComparer.Ordinal);
        for (var i = 0; i < (left?.Count ?? 0); i++)
            PairOf(pairs, left![i], i, list).Left.Add(left[i]);
        for (var i = 0; i < (right?.Count ?? 0); i++)
            PairOf(pairs, right![i], i, list).Right.Add(right[i]);
        return pairs;
    }

    private static ItemPair PairOf(Dictionary<string, ItemPair> pairs, Value item, int position, in TypedField list)
    {
        var step = PathElement.OfItem(item, list) ?? $"i:{position}";
        if (!pairs.TryGetValue(step, out var pair))
            pairs.Add(step, pair = new ItemPair());
        return pair;
    }
}
