using Xebec.Api.Core.V1;
using Xebec.ApiMachinery.Quantities;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Tests;

/// <summary>Pods and nodes in one line.</summary>
internal static class Sample
{
    public static Node Node(string name, string cpu = "4", string memory = "8Gi", int pods = 110, Action<Node>? change = null)
    {
        var node = new Node();
        node.Metadata.Name = name;
        node.Metadata.Labels["kubernetes.io/hostname"] = name;
        node.Status.Allocatable = new() { ["cpu"] = Quantity.Parse(cpu), ["memory"] = Quantity.Parse(memory), ["pods"] = new Quantity(pods) };
        change?.Invoke(node);
        return node;
    }

    public static Pod Pod(string name, string? cpu = null, string? memory = null, int? priority = null, Action<Pod>? change = null)
    {
        var pod = new Pod();
        pod.Metadata.Name = name;
        pod.Metadata.Namespace = "default";
        pod.Metadata.Uid = $"uid-{name}";
        pod.Spec.Priority = priority;
        pod.Spec.SchedulerName = "default-scheduler";
        pod.Spec.Containers.Add(new Container { Name = "c", Image = "image" });
        if (cpu is not null)
            pod.Spec.Containers[0].Resources.Requests["cpu"] = Quantity.Parse(cpu);
        if (memory is not null)
            pod.Spec.Containers[0].Resources.Requests["memory"] = Quantity.Parse(memory);
        change?.Invoke(pod);
        return pod;
    }

    public static PodInfo Info(string name, string? cpu = null, string? memory = null, int? priority = null, Action<Pod>? change = null) =>
        new(Pod(name, cpu, memory, priority, change));

    public static NodeInfo NodeInfo(Node node, params PodInfo[] pods) => Xebec.Scheduler.Framework.NodeInfo.Of(node, pods);
}
