using System.Text;

namespace Xebec.Kubelet.Containers;

/// <summary>The text of a pod's /etc/hosts. Pure.</summary>
internal static class HostsFile
{
    private const string Header = "# Kubernetes-managed hosts file";

    public static string ForPod(Pod pod, IReadOnlyList<string> podIps, string clusterDomain)
    {
        var text = new StringBuilder(Header).Append(".\n")
            .Append("127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\n")
            .Append("fe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n");
        var hostname = PodHostnames.Hostname(pod);
        var domain = PodHostnames.Domain(pod, clusterDomain);
        foreach (var ip in podIps)
            text.Append(ip).Append('\t').Append(domain.Length > 0 ? $"{hostname}.{domain}\t{hostname}" : hostname).Append('\n');
        AppendAliases(pod, text);
        return text.ToString();
    }

    /// <summary>For a pod on the host's network: the host's file with the aliases.</summary>
    public static string ForHostNetwork(Pod pod, string hostFile)
    {
        var text = new StringBuilder(Header).Append(" (host network).\n").Append(hostFile);
        AppendAliases(pod, text);
        return text.ToString();
    }

    private static void AppendAliases(Pod pod, StringBuilder text)
    {
        if (pod.Spec.HostAliases.Count == 0)
            return;
        text.Append("\n# Entries added by HostAliases.\n");
        foreach (var alias in pod.Spec.HostAliases)
            text.Append(alias.Ip).Append('\t').Append(string.Join('\t', alias.Hostnames)).Append('\n');
    }
}
