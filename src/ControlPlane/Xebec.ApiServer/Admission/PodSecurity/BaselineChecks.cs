using Xebec.ApiMachinery.Values;
using static Xebec.ApiServer.Admission.PodSecurity.PodSecurityChecks;

namespace Xebec.ApiServer.Admission.PodSecurity;

/// <summary>The checks of the baseline standard.</summary>
internal static class BaselineChecks
{
    private static readonly HashSet<string> DefaultCapabilities = new(StringComparer.Ordinal)
    {
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP",
        "SETUID", "SYS_CHROOT",
    };

    private static readonly HashSet<string> SafeSysctls = new(StringComparer.Ordinal)
    {
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range",
        "net.ipv4.ip_unprivileged_port_start", "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time",
        "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
    };

    private static readonly string[] SafeSeLinuxTypes = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

    public static void AppArmor(ObjectValue pod, List<string> found)
    {
        var names = NamesOf(pod, c => IsUnconfined(Context(c)));
        if (IsUnconfined(Context(pod.GetObject("spec"))))
            found.Add("forbidden AppArmor profile (pod must not set AppArmor profile type to \"Unconfined\")");
        else if (names.Count > 0)
            found.Add($"forbidden AppArmor profile ({Containers(names)} must not set AppArmor profile type to \"Unconfined\")");

        static bool IsUnconfined(ObjectValue context) => context.GetObject("appArmorProfile")?.GetString("type") == "Unconfined";
    }

    public static void Capabilities(ObjectValue pod, List<string> found)
    {
        var names = NamesOf(pod, c => Added(c).Any(a => !DefaultCapabilities.Contains(a)));
        if (names.Count == 0)
            return;
        var added = PodContainers.AllOf(pod).SelectMany(Added).Where(a => !DefaultCapabilities.Contains(a)).Distinct().Order(StringComparer.Ordinal);
        found.Add($"non-default capabilities ({Containers(names)} must not include {Quoted(added)} in securityContext.capabilities.add)");
    }

    /// <summary>The capabilities a container adds.</summary>
    public static IEnumerable<string> Added(ObjectValue container) =>
        Context(container).GetObject("capabilities")?.GetList("add")?.Select(a => a.AsString() ?? "") ?? [];

    public static void HostNamespaces(ObjectValue pod, List<string> found)
    {
        var spec = pod.GetObject("spec");
        var set = new[] { "hostNetwork", "hostPID", "hostIPC" }.Where(n => spec?[n]?.AsBool() == true).Select(n => $"{n}=true").ToArray();
        if (set.Length > 0)
            found.Add($"host namespaces ({string.Join(", ", set)})");
    }

    public static void HostPaths(ObjectValue pod, List<string> found)
    {
        var names = (pod.GetObject("spec")?.GetList("volumes") ?? []).OfType<ObjectValue>()
            .Where(v => v.ContainsKey("hostPath")).Select(v => v.GetString("name") ?? "").ToArray();
        if (names.Length > 0)
            found.Add($"hostPath volumes ({(names.Length == 1 ? "volume" : "volumes")} {Quoted(names)})");
    }

    public static void HostPorts(ObjectValue pod, List<string> found)
    {
        var names = NamesOf(pod, c => HostPortsOf(c).Any());
        if (names.Count == 0)
            return;
        var ports = PodContainers.AllOf(pod).SelectMany(HostPortsOf).Distinct().Order().ToArray();
        var (use, what) = (names.Count == 1 ? "uses" : "use", ports.Length == 1 ? "hostPort" : "hostPorts");
        found.Add($"hostPort ({Containers(names)} {use} {what} {string.Join(", ", ports)})");

        static IEnumerable<long> HostPortsOf(ObjectValue container) => (container.GetList("ports") ?? [])
            .Select(p => p.AsObject()?["hostPort"]?.AsInt64() ?? 0).Where(p => p != 0);
    }

    public static void Privileged(ObjectValue pod, List<string> found)
    {
        var names = NamesOf(pod, c => Context(c)["privileged"]?.AsBool() == true);
        if (names.Count > 0)
            found.Add($"privileged ({Containers(names)} must not set securityContext.privileged=true)");
    }

    public static void ProcMount(ObjectValue pod, List<string> found)
    {
        var names = NamesOf(pod, c => Context(c).GetString("procMount") is not (null or "" or "Default"));
        if (names.Count > 0)
            found.Add($"procMount ({Containers(names)} must not set securityContext.procMount to \"Unmasked\")");
    }

    public static void SeLinux(ObjectValue pod, List<string> found)
    {
        var contexts = PodContainers.AllOf(pod).Prepend(pod.GetObject("spec")!).Select(c => Context(c).GetObject("seLinuxOptions")).ToArray();
        var problems = new List<string>();
        var types = contexts.Select(o => o?.GetString("type") ?? "").Where(t => !SafeSeLinuxTypes.Contains(t)).Distinct().ToArray();
        if (types.Length > 0)
            problems.Add($"{(types.Length == 1 ? "type" : "types")} {Quoted(types)}");
        if (contexts.Any(o => o?.GetString("user") is { Length: > 0 }))
            problems.Add("user may not be set");
        if (contexts.Any(o => o?.GetString("role") is { Length: > 0 }))
            problems.Add("role may not be set");
        if (problems.Count > 0)
            found.Add($"seLinuxOptions ({string.Join("; ", problems)})");
    }

    public static void Seccomp(ObjectValue pod, List<string> found)
    {
        var names = NamesOf(pod, c => IsUnconfined(Context(c)));
        var setters = new List<string>();
        if (IsUnconfined(Context(pod.GetObject("spec"))))
            setters.Add("pod");
        if (names.Count > 0)
            setters.Add(Containers(names));
        if (setters.Count > 0)
            found.Add($"seccompProfile ({string.Join(" and ", setters)} must not set securityContext.seccompProfile.type to \"Unconfined\")");

        static bool IsUnconfined(ObjectValue context) => context.GetObject("seccompProfile")?.GetString("type") == "Unconfined";
    }

    public static void Sysctls(ObjectValue pod, List<string> found)
    {
        var names = (Context(pod.GetObject("spec")).GetList("sysctls") ?? []).Select(s => s.AsObject()?.GetString("name") ?? "")
            .Where(n => !SafeSysctls.Contains(n)).ToArray();
        if (names.Length > 0)
            found.Add($"forbidden sysctls ({string.Join(", ", names)})");
    }

    public static void HostProcess(ObjectValue pod, List<string> found)
    {
        var names = NamesOf(pod, c => IsHostProcess(Context(c)));
        if (IsHostProcess(Context(pod.GetObject("spec"))))
            found.Add("hostProcess (pod must not set securityContext.windowsOptions.hostProcess=true)");
        else if (names.Count > 0)
            found.Add($"hostProcess ({Containers(names)} must not set securityContext.windowsOptions.hostProcess=true)");

        static bool IsHostProcess(ObjectValue context) => context.GetObject("windowsOptions")?["hostProcess"]?.AsBool() == true;
    }
}
