using Xebec.Api.Core.V1;
using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Plugins.VolumeBinding;

/// <summary>Finds the claims that a pod's volumes are.</summary>
internal static class PodClaims
{
    /// <summary>The names of the claims; an ephemeral volume's claim is named after the pod and the volume.</summary>
    public static IEnumerable<(string Name, bool IsEphemeral)> NamesOf(Pod pod)
    {
        foreach (var volume in pod.Spec.Volumes)
        {
            if (volume.PersistentVolumeClaim is { } source)
                yield return (source.ClaimName, false);
            else if (volume.Ephemeral is not null)
                yield return ($"{pod.Metadata.Name}-{volume.Name}", true);
        }
    }

    /// <summary>The claims of a pod that exist and have a volume that exists.</summary>
    public static IEnumerable<(PersistentVolumeClaim Claim, PersistentVolume Volume)> BoundOf(PodInfo pod, ClusterObjects objects)
    {
        foreach (var (name, _) in NamesOf(pod.Pod))
        {
            if (objects.Claim(pod.Name.Namespace, name) is { } claim && IsBound(claim) && objects.Volume(claim.Spec.VolumeName) is { } volume)
                yield return (claim, volume);
        }
    }

    public static bool IsBound(PersistentVolumeClaim claim) =>
        claim.Spec.VolumeName.Length > 0 && claim.Metadata.Annotations.ContainsKey("pv.kubernetes.io/bind-completed");
}
