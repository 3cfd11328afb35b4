using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission.PodSecurity;

/// <summary>Runs the checks of a level over a pod. Pure.</summary>
internal static class PodSecurityChecks
{
    /// <summary>What the pod violates, as upstream lists it; empty when nothing.</summary>
    public static string Violations(ObjectValue pod, PodSecurityLevel level)
    {
        var found = new List<string>();
        var isRestricted = level == PodSecurityLevel.Restricted;
        if (isRestricted)
            RestrictedChecks.AllowPrivilegeEscalation(pod, found);
        BaselineChecks.AppArmor(pod, found);
        if (isRestricted)
            RestrictedChecks.Capabilities(pod, found);
        else
            BaselineChecks.Capabilities(pod, found);
        BaselineChecks.HostNamespaces(pod, found);
        if (!isRestricted)
            BaselineChecks.HostPaths(pod, found);
        BaselineChecks.HostPorts(pod, found);
        BaselineChecks.Privileged(pod, found);
        BaselineChecks.ProcMount(pod, found);
        if (isRestricted)
        {
            RestrictedChecks.Volumes(pod, found);
            RestrictedChecks.RunAsNonRoot(pod, found);
            RestrictedChecks.RunAsUser(pod, found);
        }

        BaselineChecks.SeLinux(pod, found);
        if (isRestricted)
            RestrictedChecks.Seccomp(pod, found);
        else
            BaselineChecks.Seccomp(pod, found);
        BaselineChecks.Sysctls(pod, found);
        BaselineChecks.HostProcess(pod, found);
        return string.Join(", ", found);
    }

    /// <summary>container "a", or containers "a", "b".</summary>
    public static string Containers(IReadOnlyList<string> names) => $"{(names.Count == 1 ? "container" : "containers")} {Quoted(names)}";

    /// <summary>"a", "b".</summary>
    public static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"\"{n}\""));

    /// <summary>The names of the containers that a check is about.</summary>
    public static List<string> NamesOf(ObjectValue pod, Func<ObjectValue, bool> isBad) =>
        [.. PodContainers.AllOf(pod).Where(isBad).Select(c => c.GetString("name") ?? "")];

    /// <summary>The security context of a pod or of a container; empty when there is none.</summary>
    public static ObjectValue Context(ObjectValue? owner) => owner?.GetObject("securityContext") ?? new ObjectValue();
}
