using Xebec.Api.Core.V1;
using Xebec.ControllerManager.Pods;

namespace Xebec.ControllerManager.Controllers.StorageProtection;

/// <summary>Indexes pods by the claims (NAMESPACE/NAME) they hold in use: those that have a node and have not ended.</summary>
internal static class ClaimIndex
{
    public static void Key(Pod pod, List<string> keys)
    {
        if (pod.Spec.NodeName.Length == 0 || PodState.IsTerminal(pod))
            return;
        foreach (var claim in ClaimsOf(pod))
            keys.Add($"{pod.Metadata.Namespace}/{claim}");
    }

    /// <summary>The names of the claims a pod's volumes name; the claim of an ephemeral volume is named after pod and volume.</summary>
    public static IEnumerable<string> ClaimsOf(Pod pod)
    {
        foreach (var volume in pod.Spec.Volumes)
        {
            if (volume.PersistentVolumeClaim is { } claim)
                yield return claim.ClaimName;
            else if (volume.Ephemeral is not null)
                yield return $"{pod.Metadata.Name}-{volume.Name}";
        }
    }
}
