using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Cache;

/// <summary>
/// All nodes at the start of a scheduling cycle. It changes only between cycles, node by node, so that a cycle costs what changed
/// since the last one and not what the cluster holds.
/// </summary>
internal sealed class Snapshot
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _imageNodes = new(StringComparer.Ordinal);
    private NodeInfo[] _nodes = [];

    public int Count { get; private set; }

    public ReadOnlySpan<NodeInfo> Nodes => _nodes.AsSpan(0, Count);

    public ClusterObjects Objects { get; init; } = new();

    /// <summary>Pods that wait for their victims to go, by the node they wait for.</summary>
    public NominatedPods Nominated { get; private set; } = NominatedPods.None;

    public int PodsWithAffinity { get; private set; }

    public int PodsWithRequiredAntiAffinity { get; private set; }

    public static Snapshot Of(ClusterObjects? objects, params ReadOnlySpan<NodeInfo> nodes)
    {
        var snapshot = new Snapshot { Objects = objects ?? new() };
        snapshot.Resize(nodes.Length);
        for (var i = 0; i < nodes.Length; i++)
            snapshot.Set(i, nodes[i]);
        return snapshot;
    }

    /// <summary>Where a node is; -1 when there is none of this name.</summary>
    public int IndexOf(string nodeName) => _indexes.GetValueOrDefault(nodeName, -1);

    /// <summary>On how many nodes an image is.</summary>
    public int NodesWithImage(string image) => _imageNodes.GetValueOrDefault(image);

    internal void Set(NominatedPods nominated) => Nominated = nominated;

    /// <summary>Makes room; nodes beyond the new count go.</summary>
    internal void Resize(int count)
    {
        for (var i = count; i < Count; i++)
        {
            Tally(_nodes[i], -1);
            _nodes[i] = null!;
        }

        if (count > _nodes.Length)
            Array.Resize(ref _nodes, Math.Max(count, _nodes.Length * 2));
        Count = count;
    }

    internal void Set(int index, NodeInfo node)
    {
        var old = _nodes[index];
        if (ReferenceEquals(old, node))
            return;
        if (old is not null)
            Tally(old, -1);
        _nodes[index] = node;
        Tally(node, 1);
        _indexes[node.Name] = index;
    }

    internal void Forget(string nodeName) => _indexes.Remove(nodeName);

    private void Tally(NodeInfo node, int sign)
    {
        PodsWithAffinity += sign * node.PodsWithAffinity;
        PodsWithRequiredAntiAffinity += sign * node.PodsWithRequiredAntiAffinity;
        foreach (var image in node.Node.Status.Images)
        {
            foreach (var name in image.Names)
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_imageNodes, name, out _) += sign;
        }
    }
}
