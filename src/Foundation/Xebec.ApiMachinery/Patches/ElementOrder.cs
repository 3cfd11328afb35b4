using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Patches;

/// <summary>
/// The order of a merged list: the wanted order for items it names, the server's for the rest, interleaved by the server's
/// order.
/// </summary>
internal static class ElementOrder
{
    public static ListValue Normalize(ListValue merged, ListValue wanted, ListValue server, string? mergeKey)
    {
        var named = Sort(merged, wanted, mergeKey, isNamed: true, wanted);
        var others = Sort(merged, wanted, mergeKey, isNamed: false, server);
        var result = new ListValue();
        var (n, o) = (0, 0);
        while (n < named.Count || o < others.Count)
        {
            var takesOther = n == named.Count || (o < others.Count && IsBefore(others[o], named[n], server, mergeKey));
            result.Add(takesOther ? others[o++] : named[n++]);
        }

        return result;
    }

    public static Value? KeyOf(Value item, string? mergeKey) =>
        mergeKey is not null && item is ObjectValue map ? map[mergeKey] : item;

    public static int IndexOf(ListValue list, Value key, string? mergeKey)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (key.DeepEquals(KeyOf(list[i], mergeKey)))
                return i;
        }

        return -1;
    }

    private static List<Value> Sort(ListValue merged, ListValue wanted, string? mergeKey, bool isNamed, ListValue order) =>
        [.. merged.Where(i => Position(wanted, i, mergeKey) >= 0 == isNamed).OrderBy(i => (uint)Position(order, i, mergeKey))];

    private static int Position(ListValue list, Value item, string? mergeKey) =>
        KeyOf(item, mergeKey) is { } key ? IndexOf(list, key, mergeKey) : -1;

    private static bool IsBefore(Value left, Value right, ListValue server, string? mergeKey)
    {
        var (l, r) = (Position(server, left, mergeKey), Position(server, right, mergeKey));
        return l >= 0 && r >= 0 && l < r;
    }
}
