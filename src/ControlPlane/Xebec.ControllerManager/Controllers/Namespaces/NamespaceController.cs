using Xebec.Api;
using Xebec.Api.Core.V1;
using Xebec.Client;
using Xebec.Client.Informers;
using Xebec.Client.Queues;

namespace Xebec.ControllerManager.Controllers.Namespaces;

/// <summary>Empties namespaces that are being deleted, and lets them go when nothing is left.</summary>
internal sealed class NamespaceController : IController
{
    private const string Name = "namespace-controller";
    private readonly ControllerContext _context;
    private readonly WorkQueue<string> _queue;
    private readonly SharedInformer<Namespace> _namespaces;
    private readonly NamespaceContent _content;
    private readonly CustomResourceKinds _custom;

    public NamespaceController(ControllerContext context)
    {
        _context = context;
        _queue = context.NewQueue<string>();
        _custom = new CustomResourceKinds(context.Informers);
        _content = new NamespaceContent(context.Client, _custom);
        _namespaces = context.Informers.For<Namespace>();
        _namespaces.AddHandler((_, ns) =>
        {
            if (ns?.Metadata.DeletionTimestamp is not null)
                _queue.Add(ns.Metadata.Name);
        });
    }

    public Task RunAsync(CancellationToken cancellation) =>
        _context.RunAsync(Name, _queue, ReconcileAsync, cancellation, _namespaces.Synced, _custom.Synced);

    private async Task<ReconcileResult> ReconcileAsync(string name, CancellationToken cancellation)
    {
        if (_namespaces.Lister.Get("", name) is not { Metadata.DeletionTimestamp: not null } cached ||
            !cached.Spec.Finalizers.Contains(FinalizerName.Kubernetes))
            return ReconcileResult.Done;
        try
        {
            return await EmptyAsync(cached, cancellation);
        }
        catch (ApiErrorException e) when (e.IsNotFound)
        {
            return ReconcileResult.Done;
        }
    }

    private async Task<ReconcileResult> EmptyAsync(Namespace cached, CancellationToken cancellation)
    {
        var remains = await _content.DeleteAsync(cached.Metadata.Name, cancellation);
        var fresh = await _context.Client.GetAsync<Namespace>("", cached.Metadata.Name, cancellation);
        if (fresh.Metadata.Uid != cached.Metadata.Uid)
            return ReconcileResult.Done;
        var status = NamespaceStatusPlan.Make(fresh.Status, remains, _context.Time.GetUtcNow());
        if (!ApiJson.ContentEquals(fresh.Status, status))
        {
            fresh.Status = status;
            fresh = await _context.Client.UpdateStatusAsync(fresh, null, cancellation);
        }

        if (remains.Any)
            return ReconcileResult.After(remains.Wait);
        fresh.Spec.Finalizers.Remove(FinalizerName.Kubernetes);
        await _context.Client.UpdateAsync(Namespace.Resource, fresh, "finalize", null, cancellation);
        return ReconcileResult.Done;
    }
}
