using Xebec.Api;
using Xebec.Api.Apps.V1;
using Xebec.Api.Core.V1;
using Xebec.Client;
using Xebec.Client.Events;
using Xebec.Client.Informers;
using Xebec.Client.Queues;
using Xebec.Client.Selectors;
using Xebec.ControllerManager.Pods;

namespace Xebec.ControllerManager.Controllers.ReplicaSets;

/// <summary>Keeps as many pods as each ReplicaSet asks for.</summary>
internal sealed class ReplicaSetController : IController
{
    private const string Name = "replicaset-controller";
    private readonly ControllerContext _context;
    private readonly WorkQueue<NamespacedName> _queue;
    private readonly SharedInformer<ReplicaSet> _replicaSets;
    private readonly SharedInformer<Pod> _pods;
    private readonly InformerIndex<Pod> _podsByController;
    private readonly InformerIndex<ReplicaSet> _replicaSetsByController;
    private readonly Expectations _expectations;
    private readonly PodControl _podControl;
    private readonly OwnerRefClaims _claims;

    public ReplicaSetController(ControllerContext context)
    {
        _context = context;
        _queue = context.NewQueue<NamespacedName>();
        _expectations = new Expectations(context.Time);
        _podControl = new PodControl(context.Client, context.Recorder(Name));
        _claims = new OwnerRefClaims(context.Client);
        _replicaSets = context.Informers.For<ReplicaSet>();
        _pods = context.Informers.For<Pod>();
        _podsByController = _pods.AddIndex(ControllerIndex.OrOrphans);
        _replicaSetsByController = _replicaSets.AddIndex(ControllerIndex.OrOrphans);
        _replicaSets.AddHandler(ReplicaSetChanged);
        _pods.AddHandler(PodChanged);
    }

    public Task RunAsync(CancellationToken cancellation) =>
        _context.RunAsync(Name, _queue, ReconcileAsync, cancellation, _replicaSets.Synced, _pods.Synced);

    private void ReplicaSetChanged(ReplicaSet? old, ReplicaSet? replicaSet)
    {
        if (replicaSet is null)
            _expectations.Forget(NamespacedName.Of(old!));
        _queue.Add(NamespacedName.Of((replicaSet ?? old)!));
    }

    private void PodChanged(Pod? old, Pod? pod)
    {
        var owner = OwnerOf(pod ?? old!);
        if (old is not null && pod is not null && OwnerOf(old) is { } formerOwner && formerOwner != owner)
            _queue.Add(formerOwner);
        if (owner is { } name)
        {
            if (pod is null || (pod.Metadata.DeletionTimestamp is not null && old?.Metadata.DeletionTimestamp is null))
                _expectations.DeletionObserved(name, (pod ?? old!).Metadata.Uid);
            else if (old is null)
                _expectations.CreationObserved(name);
            _queue.Add(name);
        }
        else if (pod is not null && OwnerReferences.ControllerOf(pod) is null && pod.Metadata.DeletionTimestamp is null)
        {
            EnqueueMatching(pod);
        }
    }

    private static NamespacedName? OwnerOf(Pod pod) =>
        OwnerReferences.ControllerOf(pod) is { Kind: "ReplicaSet" } owner ? new NamespacedName(pod.Metadata.Namespace, owner.Name) : null;

    private void EnqueueMatching(Pod orphan)
    {
        foreach (var replicaSet in _replicaSets.Lister.List(orphan.Metadata.Namespace))
        {
            if (LabelSelectors.Matches(replicaSet.Spec.Selector, orphan.Metadata.Labels))
                _queue.Add(NamespacedName.Of(replicaSet));
        }
    }

    private async Task<ReconcileResult> ReconcileAsync(NamespacedName name, CancellationToken cancellation)
    {
        if (_replicaSets.Lister.Get(name) is not { } replicaSet)
            return ReconcileResult.Done;
        var mayAct = _expectations.AreMet(name);
        var candidates = _podsByController.Get(replicaSet.Metadata.Uid)
            .Concat(_podsByController.Get(ControllerIndex.OrphansOf(name.Namespace)));
        var owned = await _claims.ClaimAsync(replicaSet, replicaSet.Spec.Selector, candidates, cancellation);
        var now = _context.Time.GetUtcNow();
        Exception? error = null;
        var plan = new ReplicaSetPlan(0, []);
        if (mayAct && replicaSet.Metadata.DeletionTimestamp is null)
        {
            plan = ReplicaSetPlan.Make(replicaSet, owned, RelatedPods(replicaSet), now);
            error = await CarryOutAsync(replicaSet, plan, cancellation);
        }

        var failureReason = plan.PodsToCreate > 0 ? "FailedCreate" : "FailedDelete";
        var status = ReplicaSetStatusPlan.Make(replicaSet, owned, error?.Message, failureReason, now);
        await UpdateStatusAsync(replicaSet, status, cancellation);
        if (error is not null)
            throw error;
        return new ReconcileResult(ReplicaSetStatusPlan.NextAvailable(replicaSet, owned, now));
    }

    private IEnumerable<Pod> RelatedPods(ReplicaSet replicaSet)
    {
        var siblings = OwnerReferences.ControllerOf(replicaSet) is { } owner ? _replicaSetsByController.Get(owner.Uid) : [replicaSet];
        return siblings.SelectMany(s => _podsByController.Get(s.Metadata.Uid));
    }

    private async Task<Exception?> CarryOutAsync(ReplicaSet replicaSet, ReplicaSetPlan plan, CancellationToken cancellation)
    {
        var name = NamespacedName.Of(replicaSet);
        if (plan.PodsToDelete.Count > 0)
            return await DeleteAsync(replicaSet, plan.PodsToDelete, cancellation);
        _expectations.ExpectCreations(name, plan.PodsToCreate);
        var (created, error) = await SlowStart.RunAsync(plan.PodsToCreate, _ =>
            _podControl.CreateAsync(PodFromTemplate.Make(replicaSet.Spec.Template, replicaSet), replicaSet, cancellation));
        for (var failed = created; failed < plan.PodsToCreate; failed++)
            _expectations.CreationObserved(name);
        return error is ApiErrorException { IsNamespaceTerminating: true } ? null : error;
    }

    private async Task<Exception?> DeleteAsync(ReplicaSet replicaSet, IReadOnlyList<Pod> pods, CancellationToken cancellation)
    {
        var name = NamespacedName.Of(replicaSet);
        _expectations.ExpectDeletions(name, pods.Select(p => p.Metadata.Uid));
        Exception? first = null;
        await Task.WhenAll(pods.Select(async pod =>
        {
            try
            {
                await _podControl.DeleteAsync(pod, replicaSet, cancellation);
                if (_pods.Lister.Get(NamespacedName.Of(pod)) is not { Metadata.DeletionTimestamp: null })
                    _expectations.DeletionObserved(name, pod.Metadata.Uid);
            }
            catch (Exception e)
            {
                _expectations.DeletionObserved(name, pod.Metadata.Uid);
                first ??= e;
            }
        }));
        return first;
    }

    private Task UpdateStatusAsync(ReplicaSet replicaSet, ReplicaSetStatus status, CancellationToken cancellation)
    {
        if (ApiJson.ContentEquals(replicaSet.Status, status))
            return Task.CompletedTask;
        var changed = replicaSet.DeepClone();
        changed.Status = status;
        return _context.Client.UpdateStatusAsync(changed, null, cancellation);
    }
}
