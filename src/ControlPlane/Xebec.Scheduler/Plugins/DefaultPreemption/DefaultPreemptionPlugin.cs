using Xebec.Scheduler.Cycle;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Plugins.DefaultPreemption;

/// <summary>Finds a node where removing less important pods makes room, and the fewest and least important of them.</summary>
internal sealed class DefaultPreemptionPlugin : IPostFilterPlugin
{
    public const string PluginName = "DefaultPreemption";
    private const int MinCandidateNodesPercentage = 10;
    private const int MinCandidateNodesAbsolute = 100;
    private static readonly Status NotHelpful = Status.Unresolvable(PluginName, "Preemption is not helpful for scheduling");

    public string Name => PluginName;

    public PostFilterResult PostFilter(FailedCycle cycle)
    {
        if (IneligibleBecause(cycle) is { } reason)
            return PostFilterResult.None("preemption: " + reason);
        var potential = PotentialNodes(cycle.Statuses);
        var statuses = new Status?[cycle.Snapshot.Count];
        var candidates = FindCandidates(cycle, potential, statuses);
        if (candidates.Count == 0)
            return new PostFilterResult("", [], "preemption: " + FitError.Message(cycle.Snapshot.Count, statuses, NotHelpful));
        var best = candidates[0];
        foreach (var candidate in candidates)
        {
            if (Candidate.Compare(candidate, best) < 0)
                best = candidate;
        }

        return new PostFilterResult(best.NodeName, best.Victims, "");
    }

    private static string? IneligibleBecause(FailedCycle cycle)
    {
        var pod = cycle.Pod;
        if (pod.Pod.Spec.PreemptionPolicy == "Never")
            return "not eligible due to preemptionPolicy=Never.";
        var nominated = cycle.Snapshot.IndexOf(pod.Pod.Status.NominatedNodeName);
        if (nominated < 0 || cycle.Statuses[nominated] is { Code: StatusCode.UnschedulableAndUnresolvable })
            return null;
        return Array.Exists(cycle.Snapshot.Nodes[nominated].Pods, p => p.Priority < pod.Priority && IsBeingPreempted(p))
            ? "not eligible due to a terminating pod on the nominated node."
            : null;
    }

    private static bool IsBeingPreempted(PodInfo pod) =>
        pod.IsTerminating && pod.Pod.Status.Conditions.Exists(c => c is { Type: "DisruptionTarget", Status: "True", Reason: "PreemptionByScheduler" });

    private static List<int> PotentialNodes(Status?[] statuses)
    {
        var potential = new List<int>();
        for (var i = 0; i < statuses.Length; i++)
        {
            if (statuses[i] is { Code: StatusCode.Unschedulable })
                potential.Add(i);
        }

        return potential;
    }

    private static List<Candidate> FindCandidates(FailedCycle cycle, List<int> potential, Status?[] statuses)
    {
        var candidates = new List<Candidate>();
        if (potential.Count == 0)
            return candidates;
        var enough = Math.Max(potential.Count * MinCandidateNodesPercentage / 100, MinCandidateNodesAbsolute);
        var offset = (int)(cycle.Seed % (ulong)potential.Count);
        var isAnyUnprotected = false;
        for (var i = 0; i < potential.Count && !(candidates.Count >= enough && isAnyUnprotected); i++)
        {
            var index = potential[(offset + i) % potential.Count];
            var (candidate, rejection) = new DryRun(cycle, cycle.Snapshot.Nodes[index]).Run();
            statuses[index] = rejection;
            if (candidate is null)
                continue;
            candidates.Add(candidate);
            isAnyUnprotected |= candidate.BudgetViolations == 0;
        }

        return candidates;
    }
}
