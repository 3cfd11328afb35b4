using Xebec.Api.Core.V1;
using Xebec.Client;
using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Queue;

namespace Xebec.Scheduler.Cycle;

/// <summary>Brings what the informers see into the cache and the queue. Each handler takes (old, new), one of them null.</summary>
internal sealed class EventHandlers(string schedulerName, SchedulerCache cache, SchedulingQueue queue, PodStatusWriter status)
{
    public void OnPod(Pod? old, Pod? pod)
    {
        var name = NamespacedName.Of((pod ?? old)!);
        if (pod is null || IsTerminated(pod))
            OnGone(name);
        else if (pod.Spec.NodeName.Length > 0)
            OnAssigned(old, pod, name);
        else if (pod.Spec.SchedulerName == schedulerName || (pod.Spec.SchedulerName.Length == 0 && schedulerName == "default-scheduler"))
            OnWaiting(old, pod, name);
    }

    public void OnNode(Node? old, Node? node)
    {
        if (node is null)
        {
            cache.RemoveNode(old!.Metadata.Name);
            queue.Notify(new ClusterChange(ClusterEvents.AssignedPodDelete));
            return;
        }

        var known = old is null ? null : NodeInfo.Of(old);
        if (old is not null && !NodeChanges.Matter(old, node))
            return;
        var (_, info) = cache.SetNode(node);
        queue.Notify(new ClusterChange(known is null ? ClusterEvents.NodeAdd : ClusterEvents.NodeUpdate, known, info));
    }

    public void OnStorage<T>(T? old, T? obj)
        where T : class
    {
        if (obj is not null)
            queue.Notify(new ClusterChange(ClusterEvents.Storage));
    }

    public void OnNamespace(Namespace? old, Namespace? ns)
    {
        if (ns is not null && (old is null || !PodInfo.SameLabels(old.Metadata.Labels, ns.Metadata.Labels)))
            queue.Notify(new ClusterChange(ClusterEvents.NamespaceUpdate));
    }

    private void OnGone(NamespacedName name)
    {
        queue.Remove(name);
        if (cache.RemovePod(name) is { } gone)
            queue.Notify(new ClusterChange(ClusterEvents.AssignedPodDelete, Pod: gone));
    }

    private void OnAssigned(Pod? old, Pod pod, NamespacedName name)
    {
        var wasAssigned = old?.Spec.NodeName.Length > 0;
        if (wasAssigned && PodInfo.IsSameForScheduling(old!, pod))
            return;
        queue.Remove(name);
        var info = new PodInfo(pod);
        cache.SetPod(info);
        if (wasAssigned && UsesLess(new PodInfo(old!).Requests, info.Requests))
            queue.Notify(new ClusterChange(ClusterEvents.AssignedPodDelete, Pod: info));
        if (!wasAssigned || !PodInfo.SameLabels(old!.Metadata.Labels, pod.Metadata.Labels))
            queue.Notify(new ClusterChange(ClusterEvents.AssignedPodAdd, Pod: info));
    }

    private void OnWaiting(Pod? old, Pod pod, NamespacedName name)
    {
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            queue.Remove(name);
            return;
        }

        var info = new PodInfo(pod);
        if (cache.Has(info))
        {
            queue.Refresh(info);
            return;
        }

        if (pod.Status.NominatedNodeName.Length > 0 || old?.Status.NominatedNodeName.Length > 0)
            cache.Nominate(info, pod.Status.NominatedNodeName);
        queue.Set(info);
        if (pod.Spec.SchedulingGates.Count > 0)
            status.ShowGated(pod);
    }

    private static bool UsesLess(in Resource before, in Resource after) =>
        after.MilliCpu < before.MilliCpu || after.MemoryBytes < before.MemoryBytes || after.EphemeralStorageBytes < before.EphemeralStorageBytes;

    private static bool IsTerminated(Pod pod) => pod.Status.Phase is PodPhase.Succeeded or PodPhase.Failed;
}
