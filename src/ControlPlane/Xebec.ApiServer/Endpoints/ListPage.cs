using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Endpoints;

/// <summary>What a list answers with.</summary>
/// <param name="ResourceVersion">The revision the list is of.</param>
/// <param name="Items">The objects, in key order.</param>
/// <param name="Continue">The token of the next page, null when this is the last.</param>
/// <param name="RemainingItemCount">How many follow; null when unknown (a selector) or when none do.</param>
internal sealed record ListPage(long ResourceVersion, ReadOnlyMemory<CachedObject> Items, string? Continue, long? RemainingItemCount)
{
    /// <summary>Whether its objects are of more than so many bytes as JSON.</summary>
    public bool IsLongerThan(long bytes)
    {
        foreach (var item in Items.Span)
        {
            bytes -= item.Json.Length;
            if (bytes < 0)
                return true;
        }

        return false;
    }
}
