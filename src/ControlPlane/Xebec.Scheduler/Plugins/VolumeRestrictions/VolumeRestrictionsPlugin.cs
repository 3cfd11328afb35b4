using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Plugins.VolumeBinding;

namespace Xebec.Scheduler.Plugins.VolumeRestrictions;

/// <summary>A ReadWriteOncePod claim has one pod at a time (KEP-2485).</summary>
internal sealed class VolumeRestrictionsPlugin : IPreFilterPlugin, IPreFilterExtensions, IFilterPlugin, IEnqueueExtensions
{
    public const string PluginName = "VolumeRestrictions";
    private static readonly Status InUse =
        Status.Unschedulable(PluginName, "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode");

    public string Name => PluginName;

    public bool IsNodeLocal => false;

    public ClusterEvents EventsToRegister => ClusterEvents.Storage | ClusterEvents.AssignedPodDelete;

    public PreFilterResult PreFilter(CycleState state, PodInfo pod, Snapshot snapshot)
    {
        var claims = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, _) in PodClaims.NamesOf(pod.Pod))
        {
            if (snapshot.Objects.Claim(pod.Name.Namespace, name)?.Spec.AccessModes.Contains("ReadWriteOncePod") == true)
                claims.Add(name);
        }

        if (claims.Count == 0)
            return PreFilterResult.Skip;
        var users = 0;
        foreach (var node in snapshot.Nodes)
            users += UsersOn(node, pod, claims);
        state.Set(new ClaimUsers(claims, users));
        return PreFilterResult.Success;
    }

    public void ReplaceNode(CycleState state, PodInfo pod, NodeInfo before, NodeInfo after)
    {
        if (state.Get<ClaimUsers>() is { } known)
            state.Set(known with { Users = known.Users + UsersOn(after, pod, known.Claims) - UsersOn(before, pod, known.Claims) });
    }

    public Status? Filter(CycleState state, PodInfo pod, NodeInfo node) => state.Get<ClaimUsers>()!.Users > 0 ? InUse : null;

    public bool MayHelp(PodInfo pod, in ClusterChange change) => true;

    private static int UsersOn(NodeInfo node, PodInfo pod, HashSet<string> claims)
    {
        var users = 0;
        foreach (var other in node.Pods)
        {
            if (other.Name.Namespace == pod.Name.Namespace && PodClaims.NamesOf(other.Pod).Any(c => claims.Contains(c.Name)))
                users++;
        }

        return users;
    }

    private sealed record ClaimUsers(HashSet<string> Claims, int Users) : IStateData
    {
        IStateData IStateData.Clone() => this;
    }
}
