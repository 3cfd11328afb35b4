using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Containers;

/// <summary>The name servers and search domains of a pod by its dnsPolicy and dnsConfig. Pure.</summary>
internal static class PodDns
{
    private const int MaximumNameservers = 3;
    private const int MaximumSearches = 32;

    public static DnsConfig Of(Pod pod, string clusterDns, string clusterDomain, DnsConfig host)
    {
        var policy = pod.Spec.DnsPolicy;
        var usesCluster = clusterDns.Length > 0 &&
            (policy == DNSPolicy.ClusterFirstWithHostNet || (policy is DNSPolicy.ClusterFirst or "" && !pod.Spec.HostNetwork));
        var config = policy == DNSPolicy.None ? new DnsConfig()
            : usesCluster ? ForCluster(pod.Metadata.Namespace, clusterDns, clusterDomain, host) : host;
        return pod.Spec.DnsConfig is { } extra ? Merge(config, extra) : config;
    }

    /// <summary>Reads what a resolv.conf says.</summary>
    public static DnsConfig Parse(string resolvConf)
    {
        List<string> servers = [], searches = [], options = [];
        foreach (var line in resolvConf.Split('\n'))
        {
            var words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || words[0][0] is '#' or ';')
                continue;
            if (words[0] == "nameserver")
                servers.Add(words[1]);
            else if (words[0] == "search")
                searches = [.. words[1..].Where(word => word != ".")];
            else if (words[0] == "options")
                options = [.. words[1..]];
        }

        return new DnsConfig { Servers = servers, Searches = searches, Options = options };
    }

    private static DnsConfig ForCluster(string ns, string clusterDns, string clusterDomain, DnsConfig host)
    {
        List<string> searches = [$"{ns}.svc.{clusterDomain}", $"svc.{clusterDomain}", clusterDomain];
        return new DnsConfig
        {
            Servers = [clusterDns],
            Searches = [.. searches.Concat(host.Searches).Distinct().Take(MaximumSearches)],
            Options = ["ndots:5"],
        };
    }

    private static DnsConfig Merge(DnsConfig config, PodDNSConfig extra)
    {
        var options = config.Options.ToDictionary(option => option.Split(':')[0], option => option, StringComparer.Ordinal);
        foreach (var option in extra.Options)
            options[option.Name] = option.Value is { Length: > 0 } value ? $"{option.Name}:{value}" : option.Name;
        return new DnsConfig
        {
            Servers = [.. config.Servers.Concat(extra.Nameservers).Distinct().Take(MaximumNameservers)],
            Searches = [.. config.Searches.Concat(extra.Searches).Distinct().Take(MaximumSearches)],
            Options = [.. options.Values],
        };
    }
}
