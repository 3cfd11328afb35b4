using Xebec.Api.Core.V1;
using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Plugins.NodeAffinity;

namespace Xebec.Scheduler.Plugins.VolumeBinding;

/// <summary>A pod goes where its volumes can be reached; claims must be bound first.</summary>
internal sealed class VolumeBindingPlugin : IPreFilterPlugin, IFilterPlugin, IEnqueueExtensions
{
    public const string PluginName = "VolumeBinding";
    private static readonly Status Unreachable = Status.Unresolvable(PluginName, "node(s) didn't match PersistentVolume's node affinity");
    private static readonly Status NoVolume = Status.Unresolvable(PluginName, "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)");
    private static readonly Status NoneToBind = Status.Unresolvable(PluginName, "node(s) didn't find available persistent volumes to bind");
    private static readonly Status Unbound = Status.Unresolvable(PluginName, "pod has unbound immediate PersistentVolumeClaims");

    public string Name => PluginName;

    public bool IsNodeLocal => false;

    public ClusterEvents EventsToRegister => ClusterEvents.Storage | ClusterEvents.NodeAdd | ClusterEvents.NodeUpdate;

    public PreFilterResult PreFilter(CycleState state, PodInfo pod, Snapshot snapshot)
    {
        var (volumes, missing, waiting, any) = (new List<PersistentVolume>(), false, false, false);
        foreach (var (name, isEphemeral) in PodClaims.NamesOf(pod.Pod))
        {
            any = true;
            var claim = snapshot.Objects.Claim(pod.Name.Namespace, name);
            if (Problem(claim, name, isEphemeral) is { } problem)
                return new PreFilterResult(problem);
            if (!PodClaims.IsBound(claim!))
            {
                if (!WaitsForFirstConsumer(claim!, snapshot.Objects))
                    return new PreFilterResult(Unbound);
                waiting = true;
            }
            else if (snapshot.Objects.Volume(claim!.Spec.VolumeName) is { } volume)
                volumes.Add(volume);
            else
                missing = true;
        }

        if (any)
            state.Set(new BoundVolumes([.. volumes], missing ? NoVolume : waiting ? NoneToBind : null));
        return any ? PreFilterResult.Success : PreFilterResult.Skip;
    }

    public Status? Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        var bound = state.Get<BoundVolumes>()!;
        foreach (var volume in bound.Volumes)
        {
            if (volume.Spec.NodeAffinity?.Required is { } required && !NodeSelectors.Matches(required, node.Node))
                return Unreachable;
        }

        return bound.Rejection;
    }

    public bool MayHelp(PodInfo pod, in ClusterChange change) => true;

    private static Status? Problem(PersistentVolumeClaim? claim, string name, bool isEphemeral)
    {
        if (claim is null)
            return Status.Unresolvable(PluginName, isEphemeral
                ? $"waiting for ephemeral volume controller to create the persistentvolumeclaim \"{name}\""
                : $"persistentvolumeclaim \"{name}\" not found");
        if (claim.Status.Phase == "Lost")
            return Status.Unresolvable(PluginName, $"persistentvolumeclaim \"{name}\" bound to non-existent persistentvolume \"{claim.Spec.VolumeName}\"");
        return claim.Metadata.DeletionTimestamp is null ? null : Status.Unresolvable(PluginName, $"persistentvolumeclaim \"{name}\" is being deleted");
    }

    private static bool WaitsForFirstConsumer(PersistentVolumeClaim claim, ClusterObjects objects) =>
        claim.Spec.VolumeName.Length == 0 && claim.Spec.StorageClassName is { Length: > 0 } name &&
        objects.StorageClass(name)?.VolumeBindingMode == "WaitForFirstConsumer";

    private sealed record BoundVolumes(PersistentVolume[] Volumes, Status? Rejection) : IStateData
    {
        IStateData IStateData.Clone() => this;
    }
}
