using Xebec.Api.Apps.V1;
using Xebec.Api.Core.V1;
using Xebec.Api.Meta.V1;
using Xebec.Client;
using Xebec.Client.Informers;
using Xebec.Client.Selectors;

namespace Xebec.Scheduler.Cycle;

/// <summary>Finds the pods that belong together: those of the same Services and of the same controller.</summary>
internal sealed class WorkloadSelectors(InformerFactory informers)
{
    private readonly SharedInformer<Service> _services = informers.For<Service>();
    private readonly SharedInformer<ReplicaSet> _replicaSets = informers.For<ReplicaSet>();
    private readonly SharedInformer<StatefulSet> _statefulSets = informers.For<StatefulSet>();
    private readonly SharedInformer<ReplicationController> _controllers = informers.For<ReplicationController>();

    public Task Synced => Task.WhenAll(_services.Synced, _replicaSets.Synced, _statefulSets.Synced, _controllers.Synced);

    /// <summary>What selects the pods that belong together with this one; null when it stands alone.</summary>
    public LabelSelector? SelectorOf(Pod pod)
    {
        LabelSelector? merged = null;
        foreach (var service in _services.Lister.List(pod.Metadata.Namespace))
        {
            if (service.Spec.Selector.Count > 0 && LabelSelectors.Matches(service.Spec.Selector, pod.Metadata.Labels))
                Merge(ref merged, service.Spec.Selector, []);
        }

        if (OwnerReferences.ControllerOf(pod) is not { } owner)
            return merged;
        var ns = pod.Metadata.Namespace;
        if (owner.Kind == "ReplicationController" && _controllers.Lister.Get(ns, owner.Name) is { } controller)
            Merge(ref merged, controller.Spec.Selector, []);
        var selector = owner.Kind switch
        {
            "ReplicaSet" => _replicaSets.Lister.Get(ns, owner.Name)?.Spec.Selector,
            "StatefulSet" => _statefulSets.Lister.Get(ns, owner.Name)?.Spec.Selector,
            _ => null,
        };
        if (selector is not null)
            Merge(ref merged, selector.MatchLabels, selector.MatchExpressions);
        return merged;
    }

    private static void Merge(ref LabelSelector? merged, Dictionary<string, string> labels, List<LabelSelectorRequirement> expressions)
    {
        merged ??= new LabelSelector();
        foreach (var (key, value) in labels)
            merged.MatchLabels[key] = value;
        merged.MatchExpressions.AddRange(expressions);
    }
}
