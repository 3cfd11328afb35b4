using Xebec.Client;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Cache;

/// <summary>Pods that preempted others and wait for a node. Immutable: there are few of them, and they change seldom.</summary>
internal sealed class NominatedPods
{
    public static readonly NominatedPods None = new([]);

    private readonly Dictionary<string, PodInfo[]> _byNode;

    private NominatedPods(Dictionary<string, PodInfo[]> byNode) => _byNode = byNode;

    public ReadOnlySpan<PodInfo> On(string nodeName) =>
        _byNode.Count == 0 ? default : _byNode.GetValueOrDefault(nodeName);

    public NominatedPods With(PodInfo pod, string nodeName)
    {
        var next = Without(pod.Name);
        next = new NominatedPods(new Dictionary<string, PodInfo[]>(next._byNode, StringComparer.Ordinal));
        next._byNode[nodeName] = [.. next.On(nodeName), pod];
        return next;
    }

    public NominatedPods Without(NamespacedName name)
    {
        foreach (var (nodeName, pods) in _byNode)
        {
            if (!Array.Exists(pods, p => p.Name == name))
                continue;
            var next = new Dictionary<string, PodInfo[]>(_byNode, StringComparer.Ordinal);
            next[nodeName] = Array.FindAll(pods, p => p.Name != name);
            if (next[nodeName].Length == 0)
                next.Remove(nodeName);
            return new NominatedPods(next);
        }

        return this;
    }
}
