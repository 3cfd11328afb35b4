using Xebec.Api;
using Xebec.Api.Core.V1;
using Xebec.Client;
using Xebec.Client.Informers;
using Xebec.Client.Queues;
using Xebec.ControllerManager.Controllers.EndpointSlices;
using EndpointsObject = Xebec.Api.Core.V1.Endpoints;

namespace Xebec.ControllerManager.Controllers.Endpoints;

/// <summary>Keeps the older Endpoints object of every Service that has a selector.</summary>
internal sealed class EndpointsController : IController
{
    private const string Name = "endpoint-controller";
    private const string ManagedBy = "endpoints.kubernetes.io/managed-by";
    private const string Headless = "service.kubernetes.io/headless";
    private const string OverCapacity = "endpoints.kubernetes.io/over-capacity";
    private readonly ControllerContext _context;
    private readonly WorkQueue<NamespacedName> _queue;
    private readonly SharedInformer<Service> _services;
    private readonly SharedInformer<Pod> _pods;
    private readonly SharedInformer<EndpointsObject> _endpoints;

    public EndpointsController(ControllerContext context)
    {
        _context = context;
        _queue = context.NewQueue<NamespacedName>();
        _services = context.Informers.For<Service>();
        _pods = context.Informers.For<Pod>();
        _endpoints = context.Informers.For<EndpointsObject>();
        _services.AddHandler((old, service) => _queue.Add(NamespacedName.Of((service ?? old)!)));
        _endpoints.AddHandler((old, endpoints) =>
        {
            if (endpoints is null || old is null)
                _queue.Add(NamespacedName.Of((endpoints ?? old)!));
        });
        ServicePods.EnqueueServices(_services, _pods, _queue);
    }

    public Task RunAsync(CancellationToken cancellation) =>
        _context.RunAsync(Name, _queue, ReconcileAsync, cancellation, _services.Synced, _pods.Synced, _endpoints.Synced);

    private async Task<ReconcileResult> ReconcileAsync(NamespacedName name, CancellationToken cancellation)
    {
        var present = _endpoints.Lister.Get(name);
        if (_services.Lister.Get(name) is not { } service)
        {
            if (present is not null)
                await DeleteAsync(name, cancellation);
            return ReconcileResult.Done;
        }

        if (!ServicePods.HasEndpoints(service) || service.Metadata.DeletionTimestamp is not null)
            return ReconcileResult.Done;
        var desired = Desired(service, _pods.Lister.List(name.Namespace, service.Spec.Selector), present);
        if (present is not null && ApiJson.ContentEquals(present, desired))
            return ReconcileResult.Done;
        try
        {
            if (present is null)
                await _context.Client.CreateAsync(desired, null, cancellation);
            else
                await _context.Client.UpdateAsync(desired, null, cancellation);
        }
        catch (ApiErrorException e) when (e.IsNamespaceTerminating || e.IsAlreadyExists)
        {
            return ReconcileResult.Done;
        }

        return ReconcileResult.Done;
    }

    private static EndpointsObject Desired(Service service, IEnumerable<Pod> pods, EndpointsObject? present)
    {
        var desired = present?.DeepClone() ?? new EndpointsObject();
        (desired.Metadata.Name, desired.Metadata.Namespace) = (service.Metadata.Name, service.Metadata.Namespace);
        var (subsets, isTruncated) = EndpointsPlan.Make(service, pods);
        desired.Subsets = subsets;
        desired.Metadata.Labels = new(service.Metadata.Labels, StringComparer.Ordinal) { [ManagedBy] = Name };
        if (service.Spec.ClusterIP == "None")
            desired.Metadata.Labels[Headless] = "";
        if (isTruncated)
            desired.Metadata.Annotations[OverCapacity] = "truncated";
        else
            desired.Metadata.Annotations.Remove(OverCapacity);
        return desired;
    }

    /// <summary>The Service is gone: its Endpoints, which have no owner reference, go with it.</summary>
    private async Task DeleteAsync(NamespacedName name, CancellationToken cancellation)
    {
        try
        {
            await _context.Client.DeleteAsync<EndpointsObject>(name.Namespace, name.Name, null, cancellation);
        }
        catch (ApiErrorException e) when (e.IsNotFound)
        {
            return;
        }
    }
}
