using System.Text;

namespace Xebec.Kubelet.Containers;

/// <summary>The fields of a pod that the downward API offers. Pure.</summary>
internal static class PodFields
{
    /// <summary>The value of a field path, null when the downward API does not offer it.</summary>
    public static string? Value(Pod pod, string fieldPath, IReadOnlyList<string> podIps, string hostIp)
    {
        var meta = pod.Metadata;
        return fieldPath switch
        {
            "metadata.name" => meta.Name,
            "metadata.namespace" => meta.Namespace,
            "metadata.uid" => meta.Uid,
            "metadata.labels" => FormatMap(meta.Labels),
            "metadata.annotations" => FormatMap(meta.Annotations),
            "spec.nodeName" => pod.Spec.NodeName,
            "spec.serviceAccountName" => pod.Spec.ServiceAccountName,
            "status.hostIP" or "status.hostIPs" => hostIp,
            "status.podIP" => podIps.Count > 0 ? podIps[0] : "",
            "status.podIPs" => string.Join(',', podIps),
            _ => Subscript(meta.Labels, fieldPath, "metadata.labels['") ?? Subscript(meta.Annotations, fieldPath, "metadata.annotations['"),
        };
    }

    /// <summary>A map as the downward API writes it to a file: key="escaped value", sorted, one a line.</summary>
    public static string FormatMap(Dictionary<string, string> map)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            text.Append(key).Append("=\"").Append(Escape(value)).Append("\"\n");
        if (text.Length > 0)
            text.Length--;
        return text.ToString();
    }

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)
            .Replace("\r", "\\r", StringComparison.Ordinal);

    private static string? Subscript(Dictionary<string, string> map, string fieldPath, string prefix)
    {
        if (!fieldPath.StartsWith(prefix, StringComparison.Ordinal) || !fieldPath.EndsWith("']", StringComparison.Ordinal))
            return null;
        return map.GetValueOrDefault(fieldPath[prefix.Length..^2], "");
    }
}
