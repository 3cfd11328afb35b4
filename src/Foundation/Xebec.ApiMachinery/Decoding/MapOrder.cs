using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Decoding;

/// <summary>Go writes maps sorted by key; of a repeated key the last value wins.</summary>
internal static class MapOrder
{
    /// <summary>Sorts a map's members by the UTF-8 bytes of their keys and reports repeated keys.</summary>
    public static void Restore(ObjectValue map, DecodeContext? context)
    {
        if (!IsSorted(map.MembersForSort()))
            Sort(map, context);
    }

    private static void Sort(ObjectValue map, DecodeContext? context)
    {
        var members = map.MembersForSort();
        var sorted = members.ToArray();
        var order = new int[sorted.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(order, (a, b) => Compare(sorted[a].Key, sorted[b].Key) is var c && c != 0 ? c : a - b);
        var count = 0;
        foreach (var at in order)
        {
            var repeated = count > 0 && members[count - 1].Key == sorted[at].Key;
            if (repeated)
                context?.DuplicateKey(sorted[at].Key);
            members[repeated ? count - 1 : count++] = sorted[at];
        }

        map.Truncate(count);
    }

    /// <summary>Compares by UTF-8 bytes (code points), as Go does: unlike UTF-16 order for characters beyond the basic plane.</summary>
    public static int Compare(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
        {
            var (a, b) = (left[i], right[i]);
            if (a != b)
                return char.IsSurrogate(a) == char.IsSurrogate(b) ? a - b : char.IsSurrogate(a) ? 1 : -1;
        }

        return left.Length - right.Length;
    }

    private static bool IsSorted(Span<KeyValuePair<string, Value>> members)
    {
        for (var i = 1; i < members.Length; i++)
        {
            if (Compare(members[i - 1].Key, members[i].Key) >= 0)
                return false;
        }

        return true;
    }
}
