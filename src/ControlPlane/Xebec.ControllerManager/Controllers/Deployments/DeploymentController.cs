using Xebec.Api.Apps.V1;
using Xebec.Api.Core.V1;
using Xebec.Client;
using Xebec.Client.Informers;
using Xebec.Client.Queues;
using Xebec.Client.Selectors;

namespace Xebec.ControllerManager.Controllers.Deployments;

/// <summary>Rolls Deployments out: watches them and their ReplicaSets and hands each to the reconciler.</summary>
internal sealed class DeploymentController : IController
{
    private const string Name = "deployment-controller";
    private readonly ControllerContext _context;
    private readonly WorkQueue<NamespacedName> _queue;
    private readonly SharedInformer<Deployment> _deployments;
    private readonly SharedInformer<ReplicaSet> _replicaSets;
    private readonly SharedInformer<Pod> _pods;
    private readonly InformerIndex<ReplicaSet> _replicaSetsByController;
    private readonly InformerIndex<Pod> _podsByController;
    private readonly OwnerRefClaims _claims;
    private readonly DeploymentReconciler _reconciler;

    public DeploymentController(ControllerContext context)
    {
        _context = context;
        _queue = context.NewQueue<NamespacedName>();
        _claims = new OwnerRefClaims(context.Client);
        _reconciler = new DeploymentReconciler(context.Client, context.Recorder(Name), context.Time);
        _deployments = context.Informers.For<Deployment>();
        _replicaSets = context.Informers.For<ReplicaSet>();
        _pods = context.Informers.For<Pod>();
        _replicaSetsByController = _replicaSets.AddIndex(ControllerIndex.OrOrphans);
        _podsByController = _pods.AddIndex(ControllerIndex.OrOrphans);
        _deployments.AddHandler((old, deployment) => _queue.Add(NamespacedName.Of((deployment ?? old)!)));
        _replicaSets.AddHandler(ReplicaSetChanged);
        _pods.AddHandler(PodChanged);
    }

    public Task RunAsync(CancellationToken cancellation) =>
        _context.RunAsync(Name, _queue, ReconcileAsync, cancellation, _deployments.Synced, _replicaSets.Synced, _pods.Synced);

    private void ReplicaSetChanged(ReplicaSet? old, ReplicaSet? replicaSet)
    {
        var owner = OwnerOf(replicaSet ?? old!);
        if (old is not null && OwnerOf(old) is { } former && former != owner)
            _queue.Add(former);
        if (owner is { } name)
            _queue.Add(name);
        else if (replicaSet is not null && OwnerReferences.ControllerOf(replicaSet) is null)
            EnqueueMatching(replicaSet);
    }

    private static NamespacedName? OwnerOf(ReplicaSet replicaSet) =>
        OwnerReferences.ControllerOf(replicaSet) is { Kind: "Deployment" } owner
            ? new NamespacedName(replicaSet.Metadata.Namespace, owner.Name) : null;

    private void EnqueueMatching(ReplicaSet orphan)
    {
        foreach (var deployment in _deployments.Lister.List(orphan.Metadata.Namespace))
        {
            if (LabelSelectors.Matches(deployment.Spec.Selector, orphan.Metadata.Labels))
                _queue.Add(NamespacedName.Of(deployment));
        }
    }

    /// <summary>A Deployment that recreates goes on when the last old pod is gone.</summary>
    private void PodChanged(Pod? old, Pod? pod)
    {
        if (pod is not null || OwnerReferences.ControllerOf(old!) is not { Kind: "ReplicaSet" } owner)
            return;
        if (_replicaSets.Lister.Get(old!.Metadata.Namespace, owner.Name) is not { } replicaSet || OwnerOf(replicaSet) is not { } name)
            return;
        if (_deployments.Lister.Get(name) is { Spec.Strategy.Type: DeploymentStrategyType.Recreate })
            _queue.Add(name);
    }

    private async Task<ReconcileResult> ReconcileAsync(NamespacedName name, CancellationToken cancellation)
    {
        if (_deployments.Lister.Get(name) is not { } deployment)
            return ReconcileResult.Done;
        if (LabelSelectors.IsEmpty(deployment.Spec.Selector))
            return await _reconciler.RefuseAsync(deployment.DeepClone(), cancellation);
        var candidates = _replicaSetsByController.Get(deployment.Metadata.Uid)
            .Concat(_replicaSetsByController.Get(ControllerIndex.OrphansOf(name.Namespace)));
        var replicaSets = await _claims.ClaimAsync(deployment, deployment.Spec.Selector, candidates, cancellation);
        var rollout = Rollout.Of(deployment, replicaSets);
        return await _reconciler.ReconcileAsync(rollout, r => _podsByController.Get(r.Metadata.Uid), cancellation);
    }
}
