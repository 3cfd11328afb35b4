using Xebec.Api.Core.V1;
using Xebec.Api.Meta.V1;
using Xebec.ApiMachinery.Quantities;

namespace Xebec.Scheduler.Bench;

/// <summary>Nodes in three zones, and pods of Deployments that a Service selects.</summary>
internal sealed class Workload(int deployments, string kind)
{
    private readonly LabelSelector[] _selectors =
        [.. Enumerable.Range(0, deployments).Select(i => new LabelSelector { MatchLabels = { ["app"] = $"app-{i}" } })];

    public static Node Node(int i)
    {
        var node = new Node();
        node.Metadata.Name = $"node-{i}";
        node.Metadata.Labels["kubernetes.io/hostname"] = node.Metadata.Name;
        node.Metadata.Labels["topology.kubernetes.io/zone"] = $"zone-{i % 3}";
        node.Status.Allocatable = new() { ["cpu"] = new Quantity(32), ["memory"] = Quantity.Parse("256Gi"), ["pods"] = new Quantity(110) };
        return node;
    }

    public LabelSelector? SelectorOf(Pod pod) => _selectors[int.Parse(pod.Metadata.Labels["app"].AsSpan(4))];

    public Pod Pod(int i)
    {
        var pod = new Pod();
        pod.Metadata.Name = $"pod-{i}";
        pod.Metadata.Namespace = "default";
        pod.Metadata.Uid = $"uid-{i}";
        pod.Metadata.Labels["app"] = $"app-{i % deployments}";
        pod.Spec.Containers.Add(new Container { Name = "c", Image = "registry/image:1" });
        pod.Spec.Containers[0].Resources.Requests = new() { ["cpu"] = Quantity.Parse("100m"), ["memory"] = Quantity.Parse("128Mi") };
        var selector = SelectorOf(pod)!;
        if (kind == "hard spread")
            pod.Spec.TopologySpreadConstraints.Add(new TopologySpreadConstraint { MaxSkew = 1, TopologyKey = "topology.kubernetes.io/zone", WhenUnsatisfiable = "DoNotSchedule", LabelSelector = selector });
        if (kind == "preferred anti-affinity")
            pod.Spec.Affinity = new Affinity
            {
                PodAntiAffinity = new PodAntiAffinity
                {
                    PreferredDuringSchedulingIgnoredDuringExecution =
                        [new WeightedPodAffinityTerm { Weight = 100, PodAffinityTerm = new PodAffinityTerm { TopologyKey = "kubernetes.io/hostname", LabelSelector = selector } }],
                },
            };
        return pod;
    }
}
