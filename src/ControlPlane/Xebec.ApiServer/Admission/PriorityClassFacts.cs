using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Admission;

/// <summary>What admission must know of a PriorityClass.</summary>
internal sealed record PriorityClassFacts(string Name, long Value, bool IsGlobalDefault, string PreemptionPolicy)
{
    public static PriorityClassFacts Read(CachedObject item)
    {
        var tree = item.ToTree();
        return new PriorityClassFacts(
            item.Facts.Name, tree["value"]?.AsInt64() ?? 0, tree["globalDefault"]?.AsBool() == true,
            tree.GetString("preemptionPolicy") is { Length: > 0 } policy ? policy : "PreemptLowerPriority");
    }
}
