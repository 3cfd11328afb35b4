using System.Text;
using Xebec.Api;

namespace Xebec.Scheduler.Framework;

/// <summary>Writes down everything of a pod that node-local plugins look at.</summary>
internal static class PodSignature
{
    public static string Of(PodInfo pod)
    {
        var text = new StringBuilder(128);
        var spec = pod.Pod.Spec;
        text.Append(spec.NodeName).Append('\n');
        Append(text, pod.Requests);
        Append(text, pod.NonZeroRequests);
        foreach (var port in pod.HostPorts)
            text.Append(port.Ip).Append(' ').Append(port.Protocol).Append(' ').Append(port.Port).Append('\n');
        foreach (var (key, value) in spec.NodeSelector)
            text.Append(key).Append('=').Append(value).Append('\n');
        foreach (var toleration in spec.Tolerations)
            text.Append(toleration.Key).Append(' ').Append(toleration.Operator)
                .Append(' ').Append(toleration.Value).Append(' ').Append(toleration.Effect).Append('\n');
        if (spec.Affinity?.NodeAffinity is { } affinity)
            text.Append(Encoding.UTF8.GetString(ApiJson.Serialize(affinity)));
        return text.ToString();
    }

    private static void Append(StringBuilder text, in Resource resource)
    {
        text.Append(resource.MilliCpu).Append(' ').Append(resource.MemoryBytes).Append(' ').Append(resource.EphemeralStorageBytes);
        foreach (var scalar in resource.Scalars)
            text.Append(' ').Append(scalar.Name).Append('=').Append(scalar.Amount);
        text.Append('\n');
    }
}
