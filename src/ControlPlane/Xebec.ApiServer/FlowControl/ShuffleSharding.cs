namespace Xebec.ApiServer.FlowControl;

/// <summary>Deals each flow a hand of queues, so that two flows seldom share all of theirs.</summary>
internal static class ShuffleSharding
{
    /// <summary>The largest hand.</summary>
    public const int MaximumHandSize = 20;

    /// <summary>Fills the hand with distinct queues (0 to <paramref name="queues"/> - 1), determined by the flow's hash.</summary>
    public static void Deal(ulong hash, int queues, Span<int> hand)
    {
        for (var dealt = 0; dealt < hand.Length; dealt++)
        {
            var left = (ulong)(queues - dealt);
            var card = (int)(hash % left);
            hash /= left;
            hand[dealt] = Insert(card, hand[..dealt]);
        }
    }

    // The card counts among those not dealt yet: it moves past each dealt one that is not above it.
    private static int Insert(int card, Span<int> dealt)
    {
        Span<int> sorted = stackalloc int[dealt.Length];
        dealt.CopyTo(sorted);
        sorted.Sort();
        foreach (var other in sorted)
        {
            if (other <= card)
                card++;
        }

        return card;
    }

    /// <summary>The hash of a flow.</summary>
    public static ulong Hash(string schema, string flow)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in schema)
            hash = (hash ^ character) * 1099511628211UL;
        hash = (hash ^ '\0') * 1099511628211UL;
        foreach (var character in flow)
            hash = (hash ^ character) * 1099511628211UL;
        return hash ^ (hash >> 31);
    }
}
