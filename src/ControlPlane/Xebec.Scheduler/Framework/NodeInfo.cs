using Xebec.Api.Core.V1;

namespace Xebec.Scheduler.Framework;

/// <summary>
/// A node with the pods on it and what they use. Immutable: a change makes a new one, so a reference stands for a state, and a
/// node can be tried out with other pods for free.
/// </summary>
internal sealed class NodeInfo
{
    private NodeInfo(Node node)
    {
        Node = node;
        Allocatable = Resource.Of(node.Status.Allocatable);
        AllowedPods = node.Status.Allocatable.TryGetValue("pods", out var pods) ? pods.WholeValue : 0;
        HardTaints = TaintsOf(node, isHard: true);
        PreferNoScheduleTaints = TaintsOf(node, isHard: false);
    }

    public Node Node { get; }

    public string Name => Node.Metadata.Name;

    public Dictionary<string, string> Labels => Node.Metadata.Labels;

    public Resource Allocatable { get; }

    /// <summary>How many pods the node takes.</summary>
    public long AllowedPods { get; }

    /// <summary>The taints with effect NoSchedule or NoExecute.</summary>
    public Taint[] HardTaints { get; }

    public Taint[] PreferNoScheduleTaints { get; }

    public PodInfo[] Pods { get; private set; } = [];

    public Resource Requested { get; private set; }

    /// <summary>As <see cref="Requested"/>, with what scoring assumes of containers without requests.</summary>
    public Resource NonZeroRequested { get; private set; }

    public HostPort[] UsedPorts { get; private set; } = [];

    public int PodsWithAffinity { get; private set; }

    public int PodsWithRequiredAntiAffinity { get; private set; }

    public static NodeInfo Of(Node node, ReadOnlySpan<PodInfo> pods = default)
    {
        var info = new NodeInfo(node) { Pods = pods.ToArray() };
        foreach (var pod in pods)
            info.Count(pod, sign: 1);
        return info;
    }

    public NodeInfo With(PodInfo pod)
    {
        var copy = (NodeInfo)MemberwiseClone();
        copy.Pods = [.. Pods, pod];
        copy.Count(pod, sign: 1);
        return copy;
    }

    /// <summary>The node without a pod; itself when the pod is not on it.</summary>
    public NodeInfo Without(PodInfo pod)
    {
        var at = Array.FindIndex(Pods, p => p.Uid == pod.Uid && p.Name == pod.Name);
        if (at < 0)
            return this;
        var gone = Pods[at];
        var copy = (NodeInfo)MemberwiseClone();
        copy.Pods = [.. Pods.AsSpan(0, at), .. Pods.AsSpan(at + 1)];
        copy.Count(gone, sign: -1);
        return copy;
    }

    private void Count(PodInfo pod, int sign)
    {
        Requested = sign > 0 ? Requested + pod.Requests : Requested - pod.Requests;
        NonZeroRequested = sign > 0 ? NonZeroRequested + pod.NonZeroRequests : NonZeroRequested - pod.NonZeroRequests;
        PodsWithAffinity += pod.HasAffinity ? sign : 0;
        PodsWithRequiredAntiAffinity += pod.RequiredAntiAffinityTerms.Length > 0 ? sign : 0;
        if (pod.HostPorts.Length > 0)
            UsedPorts = [.. Pods.SelectMany(p => p.HostPorts)];
    }

    private static Taint[] TaintsOf(Node node, bool isHard) =>
        node.Spec.Taints.Count == 0 ? [] : [.. node.Spec.Taints.Where(t => (t.Effect is "NoSchedule" or "NoExecute") == isHard)];
}
