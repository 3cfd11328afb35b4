using Xebec.Api.Core.V1;
using Xebec.Api.Discovery.V1;
using Xebec.Client;
using Xebec.Client.Events;
using Xebec.Client.Informers;
using Xebec.Client.Queues;

namespace Xebec.ControllerManager.Controllers.EndpointSlices;

/// <summary>Keeps the EndpointSlices of every Service that has a selector.</summary>
internal sealed class EndpointSliceController : IController
{
    private const string Name = "endpoint-slice-controller";
    private readonly ControllerContext _context;
    private readonly WorkQueue<NamespacedName> _queue;
    private readonly SharedInformer<Service> _services;
    private readonly SharedInformer<Pod> _pods;
    private readonly SharedInformer<Node> _nodes;
    private readonly SharedInformer<EndpointSlice> _slices;
    private readonly InformerIndex<EndpointSlice> _slicesByService;
    private readonly WrittenVersions _written = new();
    private readonly EventRecorder _recorder;

    public EndpointSliceController(ControllerContext context)
    {
        _context = context;
        _queue = context.NewQueue<NamespacedName>();
        _recorder = context.Recorder(Name);
        _services = context.Informers.For<Service>();
        _pods = context.Informers.For<Pod>();
        _nodes = context.Informers.For<Node>();
        _slices = context.Informers.For<EndpointSlice>();
        _slicesByService = _slices.AddIndex((slice, keys) => keys.Add(Key(ServiceOf(slice))));
        _services.AddHandler((old, service) => _queue.Add(NamespacedName.Of((service ?? old)!)));
        _slices.AddHandler((old, slice) => SliceChanged((slice ?? old)!, slice is null));
        ServicePods.EnqueueServices(_services, _pods, _queue);
    }

    public Task RunAsync(CancellationToken cancellation) =>
        _context.RunAsync(Name, _queue, ReconcileAsync, cancellation, _services.Synced, _pods.Synced, _nodes.Synced, _slices.Synced);

    private static NamespacedName ServiceOf(EndpointSlice slice) =>
        new(slice.Metadata.Namespace, slice.Metadata.Labels.GetValueOrDefault(SlicePlanner.ServiceName, ""));

    private static string Key(NamespacedName service) => service.ToString();

    private void SliceChanged(EndpointSlice slice, bool isGone)
    {
        if (slice.Metadata.Labels.GetValueOrDefault(SlicePlanner.ManagedBy) != SlicePlanner.Manager)
            return;
        if (isGone)
            _written.Forget(slice.Metadata.Uid);
        _queue.Add(ServiceOf(slice));
    }

    private async Task<ReconcileResult> ReconcileAsync(NamespacedName name, CancellationToken cancellation)
    {
        var existing = _slicesByService.Get(Key(name))
            .Where(s => s.Metadata.Labels.GetValueOrDefault(SlicePlanner.ManagedBy) == SlicePlanner.Manager).ToList();
        if (_services.Lister.Get(name) is not { } service || service.Metadata.DeletionTimestamp is not null ||
            !ServicePods.HasEndpoints(service))
        {
            _written.ForgetOwner(name);
            return ReconcileResult.Done;
        }

        if (_written.IsCacheBehind(name, existing))
            return ReconcileResult.Done;
        var plan = new SlicePlanner(service, node => node.Length == 0 ? null : _nodes.Lister.Get("", node))
            .Make([.. _pods.Lister.List(name.Namespace, service.Spec.Selector)],
                [.. existing.Where(s => s.Metadata.DeletionTimestamp is null)]);
        try
        {
            await CarryOutAsync(name, plan, cancellation);
        }
        catch (ApiErrorException e) when (e is { IsConflict: false, IsNamespaceTerminating: false })
        {
            _recorder.Warning(service, "FailedToUpdateEndpointSlices", $"Error updating Endpoint Slices for Service {name}: {e.Message}");
            throw;
        }

        return ReconcileResult.Done;
    }

    private async Task CarryOutAsync(NamespacedName name, SlicePlan plan, CancellationToken cancellation)
    {
        foreach (var slice in plan.Create)
            _written.Remember(name, await _context.Client.CreateAsync(slice, null, cancellation));
        foreach (var slice in plan.Update)
            _written.Remember(name, await _context.Client.UpdateAsync(slice, null, cancellation));
        foreach (var slice in plan.Delete)
        {
            try
            {
                await _context.Client.DeleteAsync<EndpointSlice>(slice.Metadata.Namespace, slice.Metadata.Name, null, cancellation);
            }
            catch (ApiErrorException e) when (e.IsNotFound)
            {
                continue;
            }
        }
    }
}
