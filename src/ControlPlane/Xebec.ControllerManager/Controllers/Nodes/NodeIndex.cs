using Xebec.Api.Core.V1;

namespace Xebec.ControllerManager.Controllers.Nodes;

/// <summary>Indexes pods by the node they are bound to; unbound ones by the empty name.</summary>
internal static class NodeIndex
{
    public static void Key(Pod pod, List<string> keys) => keys.Add(pod.Spec.NodeName);
}
