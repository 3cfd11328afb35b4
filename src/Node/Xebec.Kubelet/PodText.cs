namespace Xebec.Kubelet;

/// <summary>How logs and messages name a pod.</summary>
internal static class PodText
{
    public static string Name(Pod pod) => $"{pod.Metadata.Namespace}/{pod.Metadata.Name}";

    /// <summary>name_namespace(uid), as in upstream's messages.</summary>
    public static string Format(Pod pod) => $"{pod.Metadata.Name}_{pod.Metadata.Namespace}({pod.Metadata.Uid})";
}
