namespace Xebec.Kubelet.Containers;

/// <summary>A pod's host name and domain. Pure.</summary>
internal static class PodHostnames
{
    private const int MaximumLength = 63;

    /// <summary>The short name: spec.hostname or the pod's name, at most 63 characters.</summary>
    public static string Hostname(Pod pod)
    {
        var name = pod.Spec.HostnameOverride is { Length: > 0 } replaced ? replaced
            : pod.Spec.Hostname.Length > 0 ? pod.Spec.Hostname : pod.Metadata.Name;
        return name.Length <= MaximumLength ? name : name[..MaximumLength].TrimEnd('-', '.');
    }

    /// <summary>SUBDOMAIN.NAMESPACE.svc.CLUSTERDOMAIN; empty without a subdomain.</summary>
    public static string Domain(Pod pod, string clusterDomain) =>
        pod.Spec.Subdomain.Length == 0 || pod.Spec.HostnameOverride is not null
            ? ""
            : $"{pod.Spec.Subdomain}.{pod.Metadata.Namespace}.svc.{clusterDomain}";

    /// <summary>What the sandbox's host name is; empty on the host's network, where the runtime refuses one.</summary>
    public static string OfSandbox(Pod pod, string clusterDomain)
    {
        if (pod.Spec.HostNetwork)
            return "";
        var domain = Domain(pod, clusterDomain);
        return pod.Spec.SetHostnameAsFQDN == true && domain.Length > 0 ? $"{Hostname(pod)}.{domain}" : Hostname(pod);
    }
}
