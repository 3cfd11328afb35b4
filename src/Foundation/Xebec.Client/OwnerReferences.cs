using Xebec.Api;
using Xebec.Api.Meta.V1;

namespace Xebec.Client;

/// <summary>Owner references as the garbage collector and controllers read them.</summary>
public static class OwnerReferences
{
    /// <summary>The owner that manages the object (controller: true), null when there is none.</summary>
    public static OwnerReference? ControllerOf(IKubernetesObject obj)
    {
        foreach (var owner in obj.Metadata.OwnerReferences)
        {
            if (owner.Controller == true)
                return owner;
        }

        return null;
    }

    /// <summary>Whether the object is managed by this very owner, by uid.</summary>
    public static bool IsControlledBy(IKubernetesObject obj, IKubernetesObject owner) =>
        ControllerOf(obj) is { } controller && controller.Uid == owner.Metadata.Uid;

    /// <summary>A reference that makes the owner the manager and blocks its foreground deletion.</summary>
    public static OwnerReference NewControllerRef<T>(T owner)
        where T : IKubernetesObject<T> => new()
        {
            ApiVersion = T.Resource.GroupVersion.ToString(),
            Kind = T.Resource.Kind,
            Name = owner.Metadata.Name,
            Uid = owner.Metadata.Uid,
            Controller = true,
            BlockOwnerDeletion = true,
        };
}
