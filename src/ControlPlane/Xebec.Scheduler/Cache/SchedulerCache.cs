using System.Runtime.InteropServices;
using Xebec.Api.Core.V1;
using Xebec.Client;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Cache;

/// <summary>
/// What runs where: pods that the API server has bound, and those assumed to be bound until it says so. Informers and binders
/// write; the scheduling loop takes what changed into its snapshot.
/// </summary>
internal sealed class SchedulerCache
{
    private readonly Lock _sync = new();
    private readonly Dictionary<NamespacedName, CachedPod> _pods = [];
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly List<NodeInfo> _nodes = [];
    private readonly List<int> _dirty = [];
    private readonly List<string> _removed = [];
    private readonly Dictionary<string, List<PodInfo>> _homeless = new(StringComparer.Ordinal);
    private NominatedPods _nominated = NominatedPods.None;

    public int NodeCount
    {
        get
        {
            lock (_sync)
                return _nodes.Count;
        }
    }

    public int PodCount
    {
        get
        {
            lock (_sync)
                return _pods.Count;
        }
    }

    /// <summary>Brings a snapshot up to date; the same one each time.</summary>
    public void UpdateSnapshot(Snapshot snapshot)
    {
        lock (_sync)
        {
            foreach (var name in _removed)
                snapshot.Forget(name);
            snapshot.Resize(_nodes.Count);
            foreach (var index in _dirty)
            {
                if (index < _nodes.Count)
                    snapshot.Set(index, _nodes[index]);
            }

            _dirty.Clear();
            _removed.Clear();
            snapshot.Set(_nominated);
        }
    }

    /// <summary>Adds or replaces a node; returns the node without pods before and after.</summary>
    public (NodeInfo? Old, NodeInfo New) SetNode(Node node)
    {
        lock (_sync)
        {
            var name = node.Metadata.Name;
            if (_indexes.TryGetValue(name, out var index))
            {
                var old = _nodes[index];
                Set(index, NodeInfo.Of(node, old.Pods));
                return (old, _nodes[index]);
            }

            _homeless.Remove(name, out var pods);
            _indexes[name] = _nodes.Count;
            _dirty.Add(_nodes.Count);
            _nodes.Add(NodeInfo.Of(node, CollectionsMarshal.AsSpan(pods)));
            return (null, _nodes[^1]);
        }
    }

    /// <summary>Removes a node; its pods are kept, should it come back before they are gone.</summary>
    public void RemoveNode(string name)
    {
        lock (_sync)
        {
            if (!_indexes.Remove(name, out var index))
                return;
            if (_nodes[index].Pods.Length > 0)
                _homeless[name] = [.. _nodes[index].Pods];
            var last = _nodes.Count - 1;
            if (index != last)
            {
                _indexes[_nodes[last].Name] = index;
                Set(index, _nodes[last]);
            }

            _nodes.RemoveAt(last);
            _removed.Add(name);
            _dirty.AddRange(index < last ? [index] : []);
        }
    }

    /// <summary>Counts a pod on a node before the API server has bound it.</summary>
    public void Assume(PodInfo pod, string nodeName)
    {
        lock (_sync)
        {
            Put(pod, nodeName, isAssumed: true);
            _nominated = _nominated.Without(pod.Name);
        }
    }

    /// <summary>Takes an assumed pod back; false when it is bound by now.</summary>
    public bool Forget(PodInfo pod)
    {
        lock (_sync)
        {
            if (!_pods.TryGetValue(pod.Name, out var known) || !known.IsAssumed || known.Pod.Uid != pod.Uid)
                return false;
            Take(pod.Name);
            return true;
        }
    }

    /// <summary>Adds or replaces a bound pod.</summary>
    public void SetPod(PodInfo pod)
    {
        lock (_sync)
        {
            Put(pod, pod.Pod.Spec.NodeName, isAssumed: false);
            _nominated = _nominated.Without(pod.Name);
        }
    }

    /// <summary>Removes a pod, bound or assumed; returns it when it was there.</summary>
    public PodInfo? RemovePod(NamespacedName name)
    {
        lock (_sync)
        {
            _nominated = _nominated.Without(name);
            return Take(name);
        }
    }

    public bool Has(PodInfo pod)
    {
        lock (_sync)
            return _pods.TryGetValue(pod.Name, out var known) && known.Pod.Uid == pod.Uid;
    }

    /// <summary>Keeps room for a pod on the node that it preempted others on; an empty name gives it up.</summary>
    public void Nominate(PodInfo pod, string nodeName)
    {
        lock (_sync)
            _nominated = nodeName.Length == 0 ? _nominated.Without(pod.Name) : _nominated.With(pod, nodeName);
    }

    private void Put(PodInfo pod, string nodeName, bool isAssumed)
    {
        Take(pod.Name);
        _pods[pod.Name] = new CachedPod(pod, nodeName, isAssumed);
        if (_indexes.TryGetValue(nodeName, out var index))
            Set(index, _nodes[index].With(pod));
        else
            (CollectionsMarshal.GetValueRefOrAddDefault(_homeless, nodeName, out _) ??= []).Add(pod);
    }

    private PodInfo? Take(NamespacedName name)
    {
        if (!_pods.Remove(name, out var known))
            return null;
        if (_indexes.TryGetValue(known.NodeName, out var index))
            Set(index, _nodes[index].Without(known.Pod));
        else if (_homeless.TryGetValue(known.NodeName, out var pods) && pods.RemoveAll(p => p.Name == name) > 0 && pods.Count == 0)
            _homeless.Remove(known.NodeName);
        return known.Pod;
    }

    private void Set(int index, NodeInfo node)
    {
        _nodes[index] = node;
        _dirty.Add(index);
    }

    private readonly record struct CachedPod(PodInfo Pod, string NodeName, bool IsAssumed);
}
