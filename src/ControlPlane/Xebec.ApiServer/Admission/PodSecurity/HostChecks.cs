using Xebec.ApiMachinery.Values;
using static Xebec.ApiServer.Admission.PodSecurity.PodSecurityChecks;

namespace Xebec.ApiServer.Admission.PodSecurity;

/// <summary>The checks of the baseline standard about the node: which kernel parameters are set, and whom the kubelet is sent to.</summary>
internal static class HostChecks
{
    // With the version of Kubernetes since which a pod may set it.
    private static readonly Dictionary<string, int> SafeSysctls = new(StringComparer.Ordinal)
    {
        ["kernel.shm_rmid_forced"] = 0,
        ["net.ipv4.ip_local_port_range"] = 0,
        ["net.ipv4.tcp_syncookies"] = 0,
        ["net.ipv4.ping_group_range"] = 0,
        ["net.ipv4.ip_unprivileged_port_start"] = 0,
        ["net.ipv4.ip_local_reserved_ports"] = 27,
        ["net.ipv4.tcp_keepalive_time"] = 29,
        ["net.ipv4.tcp_fin_timeout"] = 29,
        ["net.ipv4.tcp_keepalive_intvl"] = 29,
        ["net.ipv4.tcp_keepalive_probes"] = 29,
        ["net.ipv4.tcp_rmem"] = 32,
        ["net.ipv4.tcp_wmem"] = 32,
    };

    private static readonly string[] Handlers = ["httpGet", "tcpSocket"];

    public static void Sysctls(ObjectValue pod, int minor, List<string> found)
    {
        var names = (Context(pod.GetObject("spec")).GetList("sysctls") ?? []).Select(s => s.AsObject()?.GetString("name") ?? "")
            .Where(n => !SafeSysctls.TryGetValue(n, out var since) || minor < since).ToArray();
        if (names.Length > 0)
            found.Add($"forbidden sysctls ({string.Join(", ", names)})");
    }

    /// <summary>A kubelet probes from its node: with a host of their choice, pods would reach what only nodes can.</summary>
    public static void Probes(ObjectValue pod, List<string> found)
    {
        var names = NamesOf(pod, c => Hosts(c).Any()).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (names.Length == 0)
            return;
        var hosts = PodContainers.AllOf(pod).SelectMany(Hosts).Distinct().Order(StringComparer.Ordinal).ToArray();
        var (use, what) = (names.Length == 1 ? "uses" : "use", hosts.Length == 1 ? "probe or lifecycle host" : "probe or lifecycle hosts");
        found.Add($"probe or lifecycle host ({Containers(names)} {use} {what} {Quoted(hosts)})");
    }

    private static IEnumerable<string> Hosts(ObjectValue container)
    {
        var lifecycle = container.GetObject("lifecycle");
        ObjectValue?[] all =
        [
            container.GetObject("livenessProbe"), container.GetObject("readinessProbe"), container.GetObject("startupProbe"),
            lifecycle?.GetObject("postStart"), lifecycle?.GetObject("preStop"),
        ];
        return all.SelectMany(probe => Handlers.Select(h => probe?.GetObject(h)?.GetString("host"))).OfType<string>().Where(h => h.Length > 0);
    }
}
