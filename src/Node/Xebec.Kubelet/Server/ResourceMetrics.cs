using System.Globalization;
using System.Text;
using Xebec.Kubelet.Pleg;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Server;

/// <summary>The body of /metrics/resource, with upstream's names (KEP-727). Pure.</summary>
internal static class ResourceMetrics
{
    public static string Build(IReadOnlyList<PodSandboxStats> pods, long memoryWorkingSetBytes)
    {
        var text = new StringBuilder();
        Header(text, "container_cpu_usage_seconds_total", "counter", "Cumulative cpu time consumed by the container in core-seconds");
        foreach (var (pod, container) in Containers(pods))
            Sample(text, "container_cpu_usage_seconds_total", Labels(pod, container), Seconds(container.Cpu));
        Header(text, "container_memory_working_set_bytes", "gauge", "Current working set of the container in bytes");
        foreach (var (pod, container) in Containers(pods))
            Sample(text, "container_memory_working_set_bytes", Labels(pod, container), container.Memory?.WorkingSetBytes ?? 0);
        Header(text, "pod_cpu_usage_seconds_total", "counter", "Cumulative cpu time consumed by the pod in core-seconds");
        foreach (var pod in pods)
            Sample(text, "pod_cpu_usage_seconds_total", Labels(pod), Seconds(pod.Cpu));
        Header(text, "pod_memory_working_set_bytes", "gauge", "Current working set of the pod in bytes");
        foreach (var pod in pods)
            Sample(text, "pod_memory_working_set_bytes", Labels(pod), pod.Memory?.WorkingSetBytes ?? 0);
        Header(text, "node_memory_working_set_bytes", "gauge", "Current working set of the node in bytes");
        Sample(text, "node_memory_working_set_bytes", "", memoryWorkingSetBytes);
        Header(text, "resource_scrape_error", "gauge", "1 if there was an error while getting container metrics, 0 otherwise");
        Sample(text, "resource_scrape_error", "", 0);
        return text.ToString();
    }

    private static IEnumerable<(PodSandboxStats Pod, ContainerStats Container)> Containers(IReadOnlyList<PodSandboxStats> pods) =>
        pods.SelectMany(pod => pod.Containers.Select(container => (pod, container)));

    private static double Seconds(CpuUsage? cpu) => (cpu?.UsageCoreNanoseconds ?? 0) / 1e9;

    private static string Labels(PodSandboxStats pod, ContainerStats container) =>
        $"{{container=\"{container.Labels.GetValueOrDefault(RuntimeLabels.ContainerName, container.Metadata.Name)}\"," +
        $"namespace=\"{pod.Metadata.Namespace}\",pod=\"{pod.Metadata.Name}\"}}";

    private static string Labels(PodSandboxStats pod) => $"{{namespace=\"{pod.Metadata.Namespace}\",pod=\"{pod.Metadata.Name}\"}}";

    private static void Header(StringBuilder text, string name, string type, string help) =>
        text.Append("# HELP ").Append(name).Append(" [STABLE] ").Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(
            type).Append('\n');

    private static void Sample(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels).Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
}
