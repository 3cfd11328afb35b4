using Xebec.Api.Core.V1;
using Xebec.Client;
using Xebec.Client.Informers;
using Xebec.Client.Queues;

namespace Xebec.ControllerManager.Controllers.StorageProtection;

/// <summary>Lets a deleted claim go once no pod uses it any more (the finalizer kubernetes.io/pvc-protection).</summary>
internal sealed class ClaimProtectionController : IController
{
    private const string Name = "persistentvolumeclaim-protection-controller";
    private const string Finalizer = "kubernetes.io/pvc-protection";
    private readonly ControllerContext _context;
    private readonly WorkQueue<NamespacedName> _queue;
    private readonly SharedInformer<PersistentVolumeClaim> _claims;
    private readonly SharedInformer<Pod> _pods;
    private readonly InformerIndex<Pod> _podsByClaim;

    public ClaimProtectionController(ControllerContext context)
    {
        _context = context;
        _queue = context.NewQueue<NamespacedName>();
        _claims = context.Informers.For<PersistentVolumeClaim>();
        _pods = context.Informers.For<Pod>();
        _podsByClaim = _pods.AddIndex(ClaimIndex.Key);
        _claims.AddHandler((_, claim) =>
        {
            if (claim is not null)
                _queue.Add(NamespacedName.Of(claim));
        });
        _pods.AddHandler((old, pod) =>
        {
            foreach (var claim in ClaimIndex.ClaimsOf((pod ?? old)!))
                _queue.Add(new NamespacedName((pod ?? old)!.Metadata.Namespace, claim));
        });
    }

    public Task RunAsync(CancellationToken cancellation) =>
        _context.RunAsync(Name, _queue, ReconcileAsync, cancellation, _claims.Synced, _pods.Synced);

    private async Task<ReconcileResult> ReconcileAsync(NamespacedName name, CancellationToken cancellation)
    {
        if (_claims.Lister.Get(name) is not { } claim)
            return ReconcileResult.Done;
        var isInUse = _podsByClaim.Get($"{name.Namespace}/{name.Name}").Any();
        if (FinalizerPlan.Of(claim.Metadata, Finalizer, isInUse) is not { } finalizers)
            return ReconcileResult.Done;
        var changed = claim.DeepClone();
        changed.Metadata.Finalizers = finalizers;
        await _context.Client.UpdateAsync(changed, null, cancellation);
        return ReconcileResult.Done;
    }
}
