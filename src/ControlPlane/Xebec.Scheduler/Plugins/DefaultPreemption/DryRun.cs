using Xebec.Scheduler.Cycle;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Plugins.DefaultPreemption;

/// <summary>Tries out on one node which pods would have to go. Changes nothing but its own copies.</summary>
internal sealed class DryRun
{
    private static readonly Status NoVictims =
        Status.Unresolvable(DefaultPreemptionPlugin.PluginName, "No preemption victims found for incoming pod");

    private readonly FailedCycle _cycle;
    private readonly CycleState _state;
    private NodeInfo _node;

    public DryRun(FailedCycle cycle, NodeInfo node)
    {
        _cycle = cycle;
        _state = cycle.State.Clone();
        _node = node;
    }

    /// <summary>The fewest victims: all less important pods go, then as many as fit come back, the most important first.</summary>
    public (Candidate? Candidate, Status? Rejection) Run()
    {
        var lower = Array.FindAll(_node.Pods, p => p.Priority < _cycle.Pod.Priority);
        if (lower.Length == 0)
            return (null, NoVictims);
        Array.Sort(lower, MoreImportantFirst);
        var without = _node;
        foreach (var pod in lower)
            without = without.Without(pod);
        Become(without);
        if (Filter() is { } rejection)
            return (null, rejection);
        var budgets = new DisruptionBudgets(_cycle.Snapshot.Objects.DisruptionBudgets);
        var isProtected = Array.ConvertAll(lower, budgets.Violates);
        var victims = new List<PodInfo>();
        var violations = Reprieve(lower, isProtected, ofProtected: true, victims);
        Reprieve(lower, isProtected, ofProtected: false, victims);
        victims.Sort(MoreImportantFirst);
        return victims.Count == 0 ? (null, NoVictims) : (new Candidate(_node.Name, [.. victims], violations), null);
    }

    private int Reprieve(PodInfo[] pods, bool[] isProtected, bool ofProtected, List<PodInfo> victims)
    {
        var before = victims.Count;
        for (var i = 0; i < pods.Length; i++)
        {
            if (isProtected[i] == ofProtected && !FitsBeside(pods[i]))
                victims.Add(pods[i]);
        }

        return victims.Count - before;
    }

    private bool FitsBeside(PodInfo pod)
    {
        var without = _node;
        Become(_node.With(pod));
        if (Filter() is null)
            return true;
        Become(without);
        return false;
    }

    private Status? Filter() =>
        NodeFilter.Run(_cycle.Profile, _state, _cycle.Pod, _node, _cycle.Snapshot.Nominated.On(_node.Name), _cycle.SkippedFilters);

    private void Become(NodeInfo next)
    {
        NodeFilter.ReplaceNode(_cycle.Profile, _state, _cycle.Pod, _node, next);
        _node = next;
    }

    private static int MoreImportantFirst(PodInfo left, PodInfo right)
    {
        var byPriority = right.Priority.CompareTo(left.Priority);
        return byPriority != 0 ? byPriority : StartOf(left).CompareTo(StartOf(right));
    }

    private static DateTimeOffset StartOf(PodInfo pod) => pod.Pod.Status.StartTime ?? DateTimeOffset.MaxValue;
}
