using Xebec.Api.Core.V1;
using Xebec.Client;
using Xebec.Client.Informers;
using Xebec.Client.Queues;

namespace Xebec.ControllerManager.Controllers.StorageProtection;

/// <summary>Lets a deleted volume go once no claim is bound to it any more (the finalizer kubernetes.io/pv-protection).</summary>
internal sealed class VolumeProtectionController : IController
{
    private const string Name = "persistentvolume-protection-controller";
    private const string Finalizer = "kubernetes.io/pv-protection";
    private readonly ControllerContext _context;
    private readonly WorkQueue<string> _queue;
    private readonly SharedInformer<PersistentVolume> _volumes;

    public VolumeProtectionController(ControllerContext context)
    {
        _context = context;
        _queue = context.NewQueue<string>();
        _volumes = context.Informers.For<PersistentVolume>();
        _volumes.AddHandler((_, volume) =>
        {
            if (volume is not null)
                _queue.Add(volume.Metadata.Name);
        });
    }

    public Task RunAsync(CancellationToken cancellation) => _context.RunAsync(Name, _queue, ReconcileAsync, cancellation, _volumes.Synced);

    private async Task<ReconcileResult> ReconcileAsync(string name, CancellationToken cancellation)
    {
        if (_volumes.Lister.Get("", name) is not { } volume ||
            FinalizerPlan.Of(volume.Metadata, Finalizer, volume.Status.Phase == "Bound") is not { } finalizers)
            return ReconcileResult.Done;
        var changed = volume.DeepClone();
        changed.Metadata.Finalizers = finalizers;
        await _context.Client.UpdateAsync(changed, null, cancellation);
        return ReconcileResult.Done;
    }
}
