using Xebec.Client.Events;

namespace Xebec.Kubelet.Events;

/// <summary>Records events of pods, with the container they are about, and of the node.</summary>
internal sealed class KubeletEvents(EventRecorder recorder, string nodeName)
{
    public void Normal(Pod pod, string reason, string message, string fieldPath = "") => Record(pod, "Normal", reason, message, fieldPath);

    public void Warning(Pod pod, string reason, string message, string fieldPath = "") =>
        Record(pod, "Warning", reason, message, fieldPath);

    public void Node(string type, string reason, string message) => recorder.Record(
        new ObjectReference { Kind = "Node", Name = nodeName, Uid = nodeName, ApiVersion = "v1" }, type, reason, message);

    private void Record(Pod pod, string type, string reason, string message, string fieldPath) => recorder.Record(
        new ObjectReference
        {
            Kind = "Pod",
            ApiVersion = "v1",
            Namespace = pod.Metadata.Namespace,
            Name = pod.Metadata.Name,
            Uid = pod.Metadata.Uid,
            ResourceVersion = pod.Metadata.ResourceVersion,
            FieldPath = fieldPath,
        },
        type,
        reason,
        message);
}
