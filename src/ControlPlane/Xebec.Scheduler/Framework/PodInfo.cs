using Xebec.Api.Core.V1;
using Xebec.Client;

namespace Xebec.Scheduler.Framework;

/// <summary>A pod with what scheduling wants to know of it, worked out once. Immutable.</summary>
internal sealed class PodInfo
{
    private string? _signature;
    private string? _labelsKey;

    public PodInfo(Pod pod)
    {
        Pod = pod;
        Name = NamespacedName.Of(pod);
        Requests = PodRequests.Of(pod);
        NonZeroRequests = PodRequests.NonZero(pod);
        HostPorts = HostPort.Of(pod);
        if (pod.Spec.Affinity is not { } affinity)
            return;
        RequiredAffinityTerms = AffinityTerm.Of(pod, affinity.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution);
        PreferredAffinityTerms = AffinityTerm.Of(pod, affinity.PodAffinity?.PreferredDuringSchedulingIgnoredDuringExecution);
        RequiredAntiAffinityTerms = AffinityTerm.Of(pod, affinity.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution);
        PreferredAntiAffinityTerms = AffinityTerm.Of(pod, affinity.PodAntiAffinity?.PreferredDuringSchedulingIgnoredDuringExecution);
    }

    public Pod Pod { get; }

    public NamespacedName Name { get; }

    public string Uid => Pod.Metadata.Uid;

    public int Priority => Pod.Spec.Priority ?? 0;

    public bool IsTerminating => Pod.Metadata.DeletionTimestamp is not null;

    public Resource Requests { get; }

    public Resource NonZeroRequests { get; }

    public HostPort[] HostPorts { get; }

    public AffinityTerm[] RequiredAffinityTerms { get; } = [];

    public AffinityTerm[] RequiredAntiAffinityTerms { get; } = [];

    public AffinityTerm[] PreferredAffinityTerms { get; } = [];

    public AffinityTerm[] PreferredAntiAffinityTerms { get; } = [];

    public bool HasAffinity =>
        RequiredAffinityTerms.Length + RequiredAntiAffinityTerms.Length + PreferredAffinityTerms.Length + PreferredAntiAffinityTerms.Length > 0;

    /// <summary>Equal for pods that every node-local plugin treats alike (KEP-5598).</summary>
    public string Signature => _signature ??= PodSignature.Of(this);

    /// <summary>Equal for pods that selectors treat alike.</summary>
    public string LabelsKey => _labelsKey ??=
        $"{Name.Namespace}\n{string.Join('\n', Pod.Metadata.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}"))}";

    /// <summary>Whether a bound pod's change leaves everything as it is that scheduling looks at.</summary>
    public static bool IsSameForScheduling(Pod old, Pod pod) =>
        old.Metadata.Uid == pod.Metadata.Uid &&
        old.Metadata.Generation == pod.Metadata.Generation &&
        old.Spec.NodeName == pod.Spec.NodeName &&
        old.Metadata.DeletionTimestamp == pod.Metadata.DeletionTimestamp &&
        HaveSameGivenResources(old, pod) &&
        SameLabels(old.Metadata.Labels, pod.Metadata.Labels);

    public static bool SameLabels(Dictionary<string, string> left, Dictionary<string, string> right)
    {
        if (left.Count != right.Count)
            return false;
        foreach (var (key, value) in left)
        {
            if (!right.TryGetValue(key, out var other) || other != value)
                return false;
        }

        return true;
    }

    private static bool HaveSameGivenResources(Pod old, Pod pod)
    {
        foreach (var status in pod.Status.ContainerStatuses)
        {
            var before = old.Status.ContainerStatuses.Find(s => s.Name == status.Name);
            if (!Api.ApiJson.ContentEquals(before?.Resources, status.Resources))
                return false;
        }

        return true;
    }
}
