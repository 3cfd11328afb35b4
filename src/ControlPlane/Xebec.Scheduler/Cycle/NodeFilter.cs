using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Cycle;

/// <summary>Runs the filters for one node.</summary>
internal static class NodeFilter
{
    /// <summary>The first rejection of the node-local plugins; null when the pod fits.</summary>
    public static Status? RunLocal(Profile profile, CycleState state, PodInfo pod, NodeInfo node)
    {
        foreach (var filter in profile.LocalFilters)
        {
            if (filter.Filter(state, pod, node) is { } rejection)
                return rejection;
        }

        return null;
    }

    /// <summary>The first rejection of the other plugins.</summary>
    public static Status? RunOther(Profile profile, CycleState state, PodInfo pod, NodeInfo node, bool[] skipped)
    {
        var filters = profile.OtherFilters;
        for (var i = 0; i < filters.Length; i++)
        {
            if (!skipped[i] && filters[i].Filter(state, pod, node) is { } rejection)
                return rejection;
        }

        return null;
    }

    /// <summary>The first rejection; pods that are nominated to the node are counted with it, and must not be needed either.</summary>
    public static Status? Run(Profile profile, CycleState state, PodInfo pod, NodeInfo node, ReadOnlySpan<PodInfo> nominated, bool[] skipped)
    {
        if (WithNominated(profile, state, pod, node, nominated) is var (filledState, filledNode) &&
            (RunLocal(profile, filledState, pod, filledNode) ?? RunOther(profile, filledState, pod, filledNode, skipped)) is { } rejection)
            return rejection;
        return RunLocal(profile, state, pod, node) ?? RunOther(profile, state, pod, node, skipped);
    }

    /// <summary>Whether pods that this one must leave room for are nominated to the node.</summary>
    public static bool AnyCount(PodInfo pod, ReadOnlySpan<PodInfo> nominated)
    {
        foreach (var other in nominated)
        {
            if (other.Name != pod.Name && other.Priority >= pod.Priority)
                return true;
        }

        return false;
    }

    /// <summary>Puts a node in the place of another in the state of the plugins that count across nodes.</summary>
    public static void ReplaceNode(Profile profile, CycleState state, PodInfo pod, NodeInfo before, NodeInfo after)
    {
        foreach (var plugin in profile.Extensions)
            plugin.ReplaceNode(state, pod, before, after);
    }

    private static (CycleState State, NodeInfo Node)? WithNominated(
        Profile profile, CycleState state, PodInfo pod, NodeInfo node, ReadOnlySpan<PodInfo> nominated)
    {
        if (!AnyCount(pod, nominated))
            return null;
        var filled = node;
        foreach (var other in nominated)
        {
            if (other.Name != pod.Name && other.Priority >= pod.Priority)
                filled = filled.With(other);
        }

        var filledState = state.Clone();
        ReplaceNode(profile, filledState, pod, node, filled);
        return (filledState, filled);
    }
}
