using System.Globalization;
using Xebec.ApiMachinery.Values;
using Xebec.Kubelet.Pleg;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Server;

/// <summary>The body of /stats/summary (stats/v1alpha1 Summary). Pure.</summary>
internal static class StatsSummary
{
    public static ObjectValue Build(
        string nodeName, IReadOnlyList<PodSandboxStats> pods, long memoryTotalBytes, long memoryAvailableBytes, DateTimeOffset now)
    {
        var node = new ObjectValue
        {
            { "nodeName", nodeName },
            { "memory", new ObjectValue { { "time", Time(
                now) }, { "availableBytes", memoryAvailableBytes }, { "workingSetBytes", memoryTotalBytes - memoryAvailableBytes } } },
        };
        return new ObjectValue { { "node", node }, { "pods", new ListValue(pods.Select(Pod)) } };
    }

    private static ObjectValue Pod(PodSandboxStats stats)
    {
        var reference = new ObjectValue { { "name", stats.Metadata.Name }, { "namespace", stats.Metadata.Namespace }, { "uid",
            stats.Metadata.Uid } };
        var pod = new ObjectValue { { "podRef", reference }, { "containers", new ListValue(stats.Containers.Select(Container)) } };
        AddUse(pod, stats.Cpu, stats.Memory);
        if (stats.Network is { DefaultInterface: { } network } usage)
        {
            pod.Add("network", new ObjectValue
            {
                { "time", Time(usage.Timestamp) }, { "name", network.Name }, { "rxBytes", (long)network.RxBytes },
                { "rxErrors", (long)network.RxErrors }, { "txBytes", (long)network.TxBytes }, { "txErrors", (long)network.TxErrors },
            });
        }

        return pod;
    }

    private static ObjectValue Container(ContainerStats stats)
    {
        var container = new ObjectValue { { "name", stats.Labels.GetValueOrDefault(RuntimeLabels.ContainerName, stats.Metadata.Name) } };
        AddUse(container, stats.Cpu, stats.Memory);
        if (stats.WritableLayer is { } layer)
            container.Add("rootfs", new ObjectValue { { "time", Time(layer.Timestamp) }, { "usedBytes", (
                long)layer.UsedBytes }, { "inodesUsed", (long)layer.InodesUsed } });
        return container;
    }

    private static void AddUse(ObjectValue target, CpuUsage? cpu, MemoryUsage? memory)
    {
        if (cpu is not null)
            target.Add("cpu", new ObjectValue { { "time", Time(cpu.Timestamp) }, { "usageNanoCores", (
                long)cpu.UsageNanoCores }, { "usageCoreNanoSeconds", (long)cpu.UsageCoreNanoseconds } });
        if (memory is not null)
            target.Add("memory", new ObjectValue { { "time", Time(memory.Timestamp) }, { "usageBytes", (
                long)memory.UsageBytes }, { "workingSetBytes", (long)memory.WorkingSetBytes }, { "rssBytes", (long)memory.RssBytes } });
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
