using Xebec.Api;
using Xebec.Api.Core.V1;
using Xebec.Api.Meta.V1;
using Xebec.Client;

namespace Xebec.ControllerManager.Pods;

/// <summary>Makes pods from templates.</summary>
internal static class PodFromTemplate
{
    /// <summary>A pod of the owner whose name the server completes: owner-xxxxx.</summary>
    public static Pod Make<T>(PodTemplateSpec template, T owner)
        where T : IKubernetesObject<T>
    {
        var from = template.DeepClone();
        return new Pod
        {
            Metadata = new ObjectMeta
            {
                GenerateName = owner.Metadata.Name + "-",
                Namespace = owner.Metadata.Namespace,
                Labels = from.Metadata.Labels,
                Annotations = from.Metadata.Annotations,
                Finalizers = from.Metadata.Finalizers,
                OwnerReferences = [OwnerReferences.NewControllerRef(owner)],
            },
            Spec = from.Spec,
        };
    }
}
