using Xebec.Api.Core.V1;
using Xebec.Api.Policy.V1;
using Xebec.Api.Storage.V1;
using Xebec.Client.Informers;
using Xebec.Scheduler.Cache;

namespace Xebec.Scheduler.Cycle;

/// <summary>The informers that the scheduler reads.</summary>
internal sealed class ClusterSources
{
    private readonly SharedInformer<Pod> _pods;
    private readonly SharedInformer<Node> _nodes;
    private readonly SharedInformer<Namespace> _namespaces;
    private readonly SharedInformer<PersistentVolumeClaim> _claims;
    private readonly SharedInformer<PersistentVolume> _volumes;
    private readonly SharedInformer<StorageClass> _classes;
    private readonly SharedInformer<CSINode> _csiNodes;
    private readonly SharedInformer<PodDisruptionBudget> _budgets;
    private readonly WorkloadSelectors _workloads;

    public ClusterSources(InformerFactory informers)
    {
        _pods = informers.For<Pod>();
        _nodes = informers.For<Node>();
        _namespaces = informers.For<Namespace>();
        _claims = informers.For<PersistentVolumeClaim>();
        _volumes = informers.For<PersistentVolume>();
        _classes = informers.For<StorageClass>();
        _csiNodes = informers.For<CSINode>();
        _budgets = informers.For<PodDisruptionBudget>();
        _workloads = new WorkloadSelectors(informers);
        Objects = new ClusterObjects
        {
            NamespaceLabels = ns => _namespaces.Lister.Get("", ns)?.Metadata.Labels,
            DefaultSelector = _workloads.SelectorOf,
            Claim = _claims.Lister.Get,
            Volume = name => _volumes.Lister.Get("", name),
            StorageClass = name => _classes.Lister.Get("", name),
            CsiNode = name => _csiNodes.Lister.Get("", name),
            DisruptionBudgets = _budgets.Lister.List,
        };
    }

    public ClusterObjects Objects { get; }

    public void Feed(EventHandlers handlers)
    {
        _nodes.AddHandler(handlers.OnNode);
        _pods.AddHandler(handlers.OnPod);
        _namespaces.AddHandler(handlers.OnNamespace);
        _claims.AddHandler(handlers.OnStorage);
        _volumes.AddHandler(handlers.OnStorage);
        _classes.AddHandler(handlers.OnStorage);
        _csiNodes.AddHandler(handlers.OnStorage);
    }

    /// <summary>Done when everything that is there was seen once: scheduling before that would overcommit nodes.</summary>
    public Task SyncedAsync(CancellationToken cancellation) => Task.WhenAll(
        _pods.Synced, _nodes.Synced, _namespaces.Synced, _claims.Synced, _volumes.Synced, _classes.Synced, _csiNodes.Synced, _budgets.Synced, _workloads.Synced)
        .WaitAsync(cancellation);
}
