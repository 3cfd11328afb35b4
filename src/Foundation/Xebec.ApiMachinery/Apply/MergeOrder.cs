namespace Xebec.ApiMachinery.Apply;

/// <summary>
/// The order of two merged lists: the right's items keep the right's order; items only the left has stay before the shared item
/// that they stood before.
/// </summary>
internal static class MergeOrder
{
    /// <summary>
    /// Pairs of positions in the left and in the right, -1 where an item is missing; an item comes once unless the left repeats it
    /// alone.
    /// </summary>
    public static List<(int Left, int Right)> Of(string[] left, string[] right)
    {
        var leftAt = Positions(left);
        var rightAt = Positions(right);
        var shared = new Queue<string>(right.Where(leftAt.ContainsKey));
        var merged = new HashSet<string>(StringComparer.Ordinal);
        var order = new List<(int, int)>(left.Length + right.Length);
        var (l, r) = (0, 0);
        while (l < left.Length || r < right.Length)
        {
            if (l < left.Length && !rightAt.ContainsKey(left[l]))
                order.Add((l++, -1));
            else if (l < left.Length && (merged.Contains(left[l]) || (r < right.Length && left[l] != right[r] && left[l] != shared.Peek())))
                l++;
            else
                TakeRight();
        }

        return order;

        void TakeRight()
        {
            var step = right[r];
            order.Add((leftAt.GetValueOrDefault(step, -1), r++));
            merged.Add(step);
            if (shared.TryPeek(out var next) && next == step)
                shared.Dequeue();
        }
    }

    private static Dictionary<string, int> Positions(string[] steps)
    {
        var positions = new Dictionary<string, int>(steps.Length, StringComparer.Ordinal);
        for (var i = 0; i < steps.Length; i++)
            positions.TryAdd(steps[i], i);
        return positions;
    }
}
