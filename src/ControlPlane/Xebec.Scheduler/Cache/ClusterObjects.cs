using Xebec.Api.Core.V1;
using Xebec.Api.Meta.V1;
using Xebec.Api.Policy.V1;
using Xebec.Api.Storage.V1;

namespace Xebec.Scheduler.Cache;

/// <summary>The objects besides pods and nodes that plugins look up; without an informer's cache behind it there are none.</summary>
internal sealed class ClusterObjects
{
    public Func<string, Dictionary<string, string>?> NamespaceLabels { get; init; } = static _ => null;

    /// <summary>What selects the pods of the same Service, ReplicaSet and so on as a pod; null when there is none.</summary>
    public Func<Pod, LabelSelector?> DefaultSelector { get; init; } = static _ => null;

    /// <summary>By namespace and name.</summary>
    public Func<string, string, PersistentVolumeClaim?> Claim { get; init; } = static (_, _) => null;

    public Func<string, PersistentVolume?> Volume { get; init; } = static _ => null;

    public Func<string, StorageClass?> StorageClass { get; init; } = static _ => null;

    public Func<string, CSINode?> CsiNode { get; init; } = static _ => null;

    /// <summary>The disruption budgets of a namespace.</summary>
    public Func<string, IEnumerable<PodDisruptionBudget>> DisruptionBudgets { get; init; } = static _ => [];
}
