using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission;

/// <summary>Which labels a kubelet may give its Node: of the kubernetes.io names only those it reports itself (KEP-279).</summary>
internal static class NodeLabels
{
    private static readonly HashSet<string> Own = new(StringComparer.Ordinal)
    {
        "kubernetes.io/hostname", "kubernetes.io/arch", "kubernetes.io/os", "beta.kubernetes.io/arch", "beta.kubernetes.io/os",
        "beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type", "failure-domain.beta.kubernetes.io/region",
        "failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/region", "topology.kubernetes.io/zone",
    };

    /// <summary>The labels that differ from the stored node's (none when new) and that a kubelet may not set.</summary>
    public static IReadOnlyList<string> Forbidden(ObjectValue node, ObjectValue? stored)
    {
        var (now, before) = (Labels(node), stored is null ? new ObjectValue() : Labels(stored));
        var changed = now.Where(l => l.Value.AsString() != before.GetString(l.Key)).Select(l => l.Key)
            .Concat(before.Where(l => !now.ContainsKey(l.Key)).Select(l => l.Key));
        return [.. changed.Where(k => !IsAllowed(k)).Order(StringComparer.Ordinal)];
    }

    private static ObjectValue Labels(ObjectValue node) => node.GetObject("metadata")?.GetObject("labels") ?? new ObjectValue();

    private static bool IsAllowed(string key)
    {
        if (Own.Contains(key))
            return true;
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var domain = slash < 0 ? "" : key[..slash];
        if (IsIn(domain, "node-restriction.kubernetes.io"))
            return false;
        if (IsIn(domain, "kubelet.kubernetes.io") || IsIn(domain, "node.kubernetes.io"))
            return true;
        return !IsIn(domain, "kubernetes.io") && !IsIn(domain, "k8s.io");
    }

    private static bool IsIn(string domain, string parent) => domain == parent || domain.EndsWith($".{parent}", StringComparison.Ordinal);
}
