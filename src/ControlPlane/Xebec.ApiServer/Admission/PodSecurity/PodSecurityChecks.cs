using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission.PodSecurity;

/// <summary>Runs the checks of a level over a pod. Pure.</summary>
internal static class PodSecurityChecks
{
    // The versions in which checks came or changed.
    private const int RunAsUserFrom = 23;
    private const int PrivilegeEscalationFrom = 8;
    private const int RestrictedCapabilitiesFrom = 22;
    private const int HostProbesFrom = 34;
    private const int SeccompFieldsFrom = 19;

    /// <summary>What the pod violates, as upstream lists it; empty when nothing.</summary>
    public static string Violations(ObjectValue pod, LevelVersion level) => string.Join(", ", Of(pod, level));

    /// <summary>What the pod violates without the details; empty when nothing.</summary>
    public static string Reasons(ObjectValue pod, LevelVersion level) =>
        string.Join(", ", Of(pod, level).Select(v => v[..v.IndexOf(" (", StringComparison.Ordinal)]));

    private static List<string> Of(ObjectValue pod, LevelVersion level)
    {
        var found = new List<string>();
        if (level.Level == PodSecurityLevel.Privileged)
            return found;
        var (isRestricted, minor) = (level.Level == PodSecurityLevel.Restricted, level.Minor);
        if (isRestricted && minor >= PrivilegeEscalationFrom)
            RestrictedChecks.AllowPrivilegeEscalation(pod, minor, found);
        BaselineChecks.AppArmor(pod, found);
        if (isRestricted && minor >= RestrictedCapabilitiesFrom)
            RestrictedChecks.Capabilities(pod, minor, found);
        else
            BaselineChecks.Capabilities(pod, found);
        BaselineChecks.HostNamespaces(pod, found);
        if (!isRestricted)
            BaselineChecks.HostPaths(pod, found);
        BaselineChecks.HostPorts(pod, found);
        if (minor >= HostProbesFrom)
            HostChecks.Probes(pod, found);
        BaselineChecks.Privileged(pod, found);
        BaselineChecks.ProcMount(pod, found);
        if (isRestricted)
        {
            RestrictedChecks.Volumes(pod, found);
            RestrictedChecks.RunAsNonRoot(pod, found);
            if (minor >= RunAsUserFrom)
                RestrictedChecks.RunAsUser(pod, found);
        }

        BaselineChecks.SeLinux(pod, minor, found);
        if (isRestricted && minor >= SeccompFieldsFrom)
            RestrictedChecks.Seccomp(pod, minor, found);
        else if (minor >= SeccompFieldsFrom)
            BaselineChecks.Seccomp(pod, found);
        HostChecks.Sysctls(pod, minor, found);
        BaselineChecks.HostProcess(pod, found);
        return found;
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
