using Xebec.ApiMachinery.Errors;
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

    private const string AppArmorAnnotation = "container.apparmor.security.beta.kubernetes.io/";

    // Since 1.31 also the last one.
    private const int EngineTypeFrom = 31;
    private static readonly string[] SafeSeLinuxTypes = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

    public static void AppArmor(ObjectValue pod, List<string> found)
    {
        var setters = Setters(pod, Forbidden);
        var values = PodContainers.AllOf(pod).Prepend(pod.GetObject("spec")!).Select(Context).Where(Forbidden)
            .Select(c => c.GetObject("appArmorProfile")!.GetString("type") ?? "").Distinct().Order(StringComparer.Ordinal).ToList();
        var annotations = (pod.GetObject("metadata")?.GetObject("annotations") ?? [])
            .Where(a => a.Key.StartsWith(AppArmorAnnotation, StringComparison.Ordinal) && !IsAllowed(a.Value.AsString() ?? ""))
            .Select(a => $"{a.Key}={GoText.Quote(a.Value.AsString() ?? "")}").Order(StringComparer.Ordinal).ToArray();
        values.AddRange(annotations);
        if (annotations.Length > 0)
            setters.Add(annotations.Length == 1 ? "annotation" : "annotations");
        var what = values.Count == 1 ? "forbidden AppArmor profile" : "forbidden AppArmor profiles";
        if (setters.Count > 0)
            found.Add($"{what} ({string.Join(" and ", setters)} must not set AppArmor profile type to {Quoted(values)})");

        static bool Forbidden(ObjectValue context) =>
            context.GetObject("appArmorProfile") is { } profile && profile.GetString("type") is not ("RuntimeDefault" or "Localhost");
        static bool IsAllowed(string value) => value is "" or "runtime/default" || value.StartsWith("localhost/", StringComparison.Ordinal);
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

    public static void SeLinux(ObjectValue pod, int minor, List<string> found)
    {
        var safe = minor >= EngineTypeFrom ? SafeSeLinuxTypes : SafeSeLinuxTypes[..^1];
        var setters = Setters(pod, context => context.GetObject("seLinuxOptions") is { } options && (
            !safe.Contains(options.GetString("type") ?? "") || options.GetString("user") is { Length: > 0 } || options.GetString("role") is { Length: > 0 }));
        if (setters.Count == 0)
            return;
        var all = PodContainers.AllOf(pod).Prepend(pod.GetObject("spec")!).Select(c => Context(c).GetObject("seLinuxOptions")).ToArray();
        var problems = new List<string>();
        var types = all.Select(o => o?.GetString("type") ?? "").Where(t => !safe.Contains(t)).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (types.Length > 0)
            problems.Add($"{(types.Length == 1 ? "type" : "types")} {Quoted(types)}");
        if (all.Any(o => o?.GetString("user") is { Length: > 0 }))
            problems.Add("user may not be set");
        if (all.Any(o => o?.GetString("role") is { Length: > 0 }))
            problems.Add("role may not be set");
        found.Add($"seLinuxOptions ({string.Join(" and ", setters)} set forbidden securityContext.seLinuxOptions: {string.Join("; ", problems)})");
    }

    public static void Seccomp(ObjectValue pod, List<string> found)
    {
        var setters = Setters(pod, context => context.GetObject("seccompProfile")?.GetString("type") == "Unconfined");
        if (setters.Count > 0)
            found.Add($"seccompProfile ({string.Join(" and ", setters)} must not set securityContext.seccompProfile.type to \"Unconfined\")");
    }

    public static void HostProcess(ObjectValue pod, List<string> found)
    {
        var setters = Setters(pod, context => context.GetObject("windowsOptions")?["hostProcess"]?.AsBool() == true);
        if (setters.Count > 0)
            found.Add($"hostProcess ({string.Join(" and ", setters)} must not set securityContext.windowsOptions.hostProcess=true)");
    }

    // The pod and the containers whose own security context is bad.
    private static List<string> Setters(ObjectValue pod, Func<ObjectValue, bool> isBad)
    {
        var setters = new List<string>();
        if (isBad(Context(pod.GetObject("spec"))))
            setters.Add("pod");
        if (NamesOf(pod, c => isBad(Context(c))) is { Count: > 0 } names)
            setters.Add(Containers(names));
        return setters;
    }
}
