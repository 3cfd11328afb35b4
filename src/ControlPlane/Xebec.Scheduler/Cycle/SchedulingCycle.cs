using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Cycle;

/// <summary>
/// Decides where one pod goes: a function of the pod, the snapshot, the seed and the node to begin with. What it remembers between
/// calls makes it faster and never changes an answer. For one caller at a time.
/// </summary>
internal sealed class SchedulingCycle(Profile profile)
{
    private readonly CycleState _state = new();
    private readonly VerdictCache _verdicts = new(profile);
    private readonly NodeScorer _scorer = new(profile);
    private readonly bool[] _skipped = new bool[profile.OtherFilters.Length];
    private readonly HashSet<string> _narrowedBy = [];
    private int[] _feasible = [];
    private Status?[] _statuses = [];

    public Decision Schedule(PodInfo pod, Snapshot snapshot, ulong seed, int startNode)
    {
        if (snapshot.Count == 0)
            return new Decision("", 0, 0, 0, Diagnosis.NoNodes);
        Reset(snapshot.Count);
        var names = default(HashSet<string>);
        if (RunPreFilter(pod, snapshot, ref names) is { } rejection)
            return RejectEverywhere(pod, snapshot, rejection, seed, startNode);
        // Pods that name their node, as a DaemonSet's do, are all different: nothing to remember.
        var verdicts = names is null ? _verdicts.For(pod.Signature, snapshot.Count) : null;
        if (Nominated(pod, snapshot, verdicts) is { } nominated)
            return new Decision(nominated, 1, 1, startNode);
        var (feasible, evaluated) = names is null
            ? FindFeasible(pod, snapshot, verdicts, startNode)
            : FindFeasible(pod, snapshot, verdicts, names);
        var next = (startNode + evaluated) % snapshot.Count;
        if (feasible == 0)
            return Reject(pod, snapshot, seed, evaluated, next, names is null ? null : NarrowedStatus());
        var best = feasible == 1 ? _feasible[0] : _scorer.Best(_state, pod, snapshot, _feasible.AsSpan(0, feasible), verdicts, seed);
        return new Decision(snapshot.Nodes[best].Name, evaluated, feasible, next);
    }

    private void Reset(int nodes)
    {
        _state.Clear();
        _narrowedBy.Clear();
        Array.Clear(_skipped);
        if (_feasible.Length < nodes)
            _feasible = new int[nodes];
        if (_statuses.Length != nodes)
            _statuses = new Status?[nodes];
    }

    private Status? RunPreFilter(PodInfo pod, Snapshot snapshot, ref HashSet<string>? names)
    {
        foreach (var plugin in profile.PreFilter)
        {
            var result = plugin.PreFilter(_state, pod, snapshot);
            if (result.Status is { IsRejection: true } rejection)
                return rejection;
            if (result.Status is { Code: StatusCode.Skip } && Array.IndexOf(profile.OtherFilters, plugin) is >= 0 and var filter)
                _skipped[filter] = true;
            if (result.NodeNames is null)
                continue;
            _narrowedBy.Add(plugin.Name);
            if (names is null)
                names = result.NodeNames;
            else
                names.IntersectWith(result.NodeNames);
        }

        return null;
    }

    private string? Nominated(PodInfo pod, Snapshot snapshot, NodeVerdicts? verdicts)
    {
        var name = pod.Pod.Status.NominatedNodeName;
        return name.Length > 0 && snapshot.IndexOf(name) is >= 0 and var index && Filter(pod, snapshot, verdicts, index) is null ? name : null;
    }

    private (int Feasible, int Evaluated) FindFeasible(PodInfo pod, Snapshot snapshot, NodeVerdicts? verdicts, int startNode)
    {
        var (count, enough) = (snapshot.Count, NodeSampling.NodesToFind(snapshot.Count));
        var (feasible, evaluated) = (0, 0);
        var index = startNode % count;
        for (; evaluated < count && feasible < enough; evaluated++)
        {
            _statuses[index] = Filter(pod, snapshot, verdicts, index);
            if (_statuses[index] is null)
                _feasible[feasible++] = index;
            index = index + 1 == count ? 0 : index + 1;
        }

        return (feasible, evaluated);
    }

    private (int Feasible, int Evaluated) FindFeasible(PodInfo pod, Snapshot snapshot, NodeVerdicts? verdicts, HashSet<string> names)
    {
        var (feasible, evaluated) = (0, 0);
        Array.Clear(_statuses);
        foreach (var name in names)
        {
            if (snapshot.IndexOf(name) is not (>= 0 and var index))
                continue;
            evaluated++;
            _statuses[index] = Filter(pod, snapshot, verdicts, index);
            if (_statuses[index] is null)
                _feasible[feasible++] = index;
        }

        return (feasible, evaluated);
    }

    private Status? Filter(PodInfo pod, Snapshot snapshot, NodeVerdicts? verdicts, int index)
    {
        var node = snapshot.Nodes[index];
        var nominated = snapshot.Nominated.On(node.Name);
        if (NodeFilter.AnyCount(pod, nominated))
            return NodeFilter.Run(profile, _state, pod, node, nominated, _skipped);
        var local = verdicts is null ? NodeFilter.RunLocal(profile, _state, pod, node) : verdicts.Filter(_state, pod, node, index);
        return local ?? NodeFilter.RunOther(profile, _state, pod, node, _skipped);
    }

    private Status NarrowedStatus()
    {
        var plugins = _narrowedBy.Order(StringComparer.Ordinal).ToArray();
        return Status.Unresolvable(plugins[0], $"node(s) didn't satisfy plugin(s) [{string.Join(' ', plugins)}]");
    }

    private Decision RejectEverywhere(PodInfo pod, Snapshot snapshot, Status rejection, ulong seed, int startNode)
    {
        Array.Fill(_statuses, rejection);
        var (preemption, help) = RunPostFilter(pod, snapshot, seed);
        var diagnosis = new Diagnosis(FitError.Message(snapshot.Count, rejection) + help, [rejection.Plugin]);
        return new Decision("", 0, 0, startNode, diagnosis, preemption);
    }

    private Decision Reject(PodInfo pod, Snapshot snapshot, ulong seed, int evaluated, int next, Status? absent)
    {
        foreach (ref var status in _statuses.AsSpan())
            status ??= absent;
        var (preemption, help) = RunPostFilter(pod, snapshot, seed);
        var rejectedBy = new HashSet<string>(StringComparer.Ordinal);
        foreach (var status in _statuses)
        {
            if (status is not null)
                rejectedBy.Add(status.Plugin);
        }

        var message = FitError.Message(snapshot.Count, _statuses, absent) + help;
        return new Decision("", evaluated, 0, next, new Diagnosis(message, [.. rejectedBy]), preemption);
    }

    private (PostFilterResult? Preemption, string Help) RunPostFilter(PodInfo pod, Snapshot snapshot, ulong seed)
    {
        var (messages, last) = (new List<string>(), default(PostFilterResult));
        foreach (var plugin in profile.PostFilter)
        {
            var result = plugin.PostFilter(new FailedCycle(profile, _state, pod, snapshot, _statuses, _skipped, seed));
            if (result.NominatedNodeName is { Length: > 0 })
                return (result, "");
            last = result.NominatedNodeName is null ? last : result;
            if (result.Message.Length > 0)
                messages.Add(result.Message);
        }

        return (last, messages.Count == 0 ? "" : " " + string.Join(", ", messages));
    }
}
