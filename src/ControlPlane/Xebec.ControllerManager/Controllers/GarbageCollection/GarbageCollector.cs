using System.Collections.Concurrent;
using Xebec.Api;
using Xebec.Api.Meta.V1;
using Xebec.ApiMachinery.Resources;
using Xebec.Client;
using Xebec.Client.Informers;
using Xebec.Client.Queues;

namespace Xebec.ControllerManager.Controllers.GarbageCollection;

/// <summary>Deletes objects whose owners are gone, in the background, in the foreground or not at all (orphans), over all kinds.</summary>
internal sealed class GarbageCollector : IController
{
    private const string Name = "garbage-collector-controller";
    /// <summary>Everything that can be listed, watched and deleted, each storage once; events have no owners.</summary>
    private static readonly List<ResourceInfo> Resources = [.. BuiltIn.Resources
        .Where(r => r.Plural != "events" && r.Verbs.Contains("watch") && r.Verbs.Contains("list") && r.Verbs.Contains("delete"))
        .DistinctBy(r => (r.GroupVersion.Group, r.Plural))];

    private readonly ConcurrentDictionary<(string Group, string Kind), ResourceInfo> _byKind =
        new(Resources.Select(r => KeyValuePair.Create((r.GroupVersion.Group, r.Kind), r)));

    private static readonly List<OwnerReference> NoOwners = [];
    private static readonly List<string> NoFinalizers = [];
    private static readonly TimeSpan LongestSync = TimeSpan.FromSeconds(30);
    private readonly ControllerContext _context;
    private readonly WorkQueue<string> _queue;
    private readonly OwnershipGraph _graph;
    private readonly CustomResourceKinds _custom;
    private readonly CustomResourceWatches _watches;
    private readonly List<Task> _synced = [];
    private readonly CollectionWriter _writer;

    public GarbageCollector(ControllerContext context)
    {
        _context = context;
        _queue = context.NewQueue<string>();
        _writer = new CollectionWriter(context.Client);
        _graph = new OwnershipGraph(ResourceOf);
        _watches = new CustomResourceWatches(context.Informers, Trim, Changed);
        _custom = new CustomResourceKinds(context.Informers);
        _custom.Added += Follow;
        _custom.Removed += Leave;
        foreach (var resource in Resources)
            Watch(context.Informers.ForMetadata(resource, Trim), resource);
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        _watches.Start(cancellation);
        try
        {
            await _context.RunAsync(Name, _queue, ReconcileAsync, cancellation, SyncedAsync(cancellation));
        }
        finally
        {
            await _watches.StoppedAsync();
        }
    }

    private void Follow(ResourceInfo resource)
    {
        _byKind[(resource.GroupVersion.Group, resource.Kind)] = resource;
        _watches.Add(resource);
    }

    private void Leave(ResourceInfo resource)
    {
        _byKind.TryRemove(KeyValuePair.Create((resource.GroupVersion.Group, resource.Kind), resource));
        _watches.Remove(resource);
    }

    /// <summary>One kind that cannot be listed must not keep all others from being collected.</summary>
    private Task SyncedAsync(CancellationToken cancellation) =>
        Task.WhenAny(Task.WhenAll([.. _synced, _custom.Synced]), Task.Delay(LongestSync, _context.Time, cancellation));

    private ResourceInfo? ResourceOf(OwnerReference owner) => GroupVersion.TryParse(owner.ApiVersion, out var groupVersion)
        ? _byKind.GetValueOrDefault((groupVersion.Group, owner.Kind))
        : null;

    // Of every object in the cluster one of these stays in memory: what most have in common is shared.
    private static void Trim(PartialObjectMetadata obj)
    {
        (obj.ApiVersion, obj.Kind) = ("meta.k8s.io/v1", "PartialObjectMetadata");
        obj.Metadata = new ObjectMeta
        {
            Name = obj.Metadata.Name,
            Namespace = obj.Metadata.Namespace,
            Uid = obj.Metadata.Uid,
            ResourceVersion = obj.Metadata.ResourceVersion,
            OwnerReferences = obj.Metadata.OwnerReferences is { Count: > 0 } owners ? owners : NoOwners,
            Finalizers = obj.Metadata.Finalizers is { Count: > 0 } finalizers ? finalizers : NoFinalizers,
            DeletionTimestamp = obj.Metadata.DeletionTimestamp,
        };
    }

    private void Watch(SharedInformer<PartialObjectMetadata> informer, ResourceInfo resource)
    {
        informer.AddHandler((old, obj) => Changed(resource, old, obj));
        _synced.Add(informer.Synced);
    }

    private void Changed(ResourceInfo resource, PartialObjectMetadata? old, PartialObjectMetadata? obj) =>
        (obj is null ? _graph.Remove(old!.Metadata.Uid) : _graph.Set(resource, obj.Metadata)).ForEach(_queue.Add);

    private async Task<ReconcileResult> ReconcileAsync(string uid, CancellationToken cancellation)
    {
        if (_graph.Find(uid) is not { } node)
            return ReconcileResult.Done;
        if (node is { IsBeingDeleted: true, IsDeletingDependents: false, IsOrphaningDependents: false })
            return ReconcileResult.Done;
        if (await _writer.ReadAsync(node.Identity, cancellation) is not { } live)
        {
            _graph.Remove(uid).ForEach(_queue.Add);
            return ReconcileResult.Done;
        }

        if (node.IsOrphaningDependents)
            await _writer.OrphanAsync(node.Identity, live.Metadata, _graph.DependentsOf(node), cancellation);
        else if (node.IsDeletingDependents)
            await DeleteDependentsAsync(node, live.Metadata, cancellation);
        else if (!node.IsVirtual)
            await CollectAsync(node, live.Metadata, cancellation);
        return ReconcileResult.Done;
    }

    private async Task DeleteDependentsAsync(GraphNode node, ObjectMeta live, CancellationToken cancellation)
    {
        var blocking = _graph.DependentsOf(node).Where(d => d.Owners.Any(o => o.Uid == node.Identity.Uid && o.BlockOwnerDeletion == true))
            .ToList();
        if (blocking.Count == 0)
            await _writer.RemoveFinalizerAsync(node.Identity, live, OwnershipGraph.ForegroundDeletion, cancellation);
        foreach (var dependent in blocking)
        {
            if (!dependent.IsDeletingDependents)
                _queue.Add(dependent.Identity.Uid);
        }
    }

    private async Task CollectAsync(GraphNode node, ObjectMeta live, CancellationToken cancellation)
    {
        var owners = new List<(string, OwnerState)>();
        foreach (var owner in live.OwnerReferences)
            owners.Add((owner.Uid, await StateOfAsync(node, owner, cancellation)));
        var dependents = _graph.DependentsOf(node);
        var decision = CollectionDecision.Make(live, owners, dependents.Count > 0);
        if (decision.DropOwnerUids.Count > 0)
            await _writer.DropOwnersAsync(node.Identity, live, decision.DropOwnerUids, cancellation);
        if (decision.Propagation is not { } propagation)
            return;
        if (propagation == "Foreground" && dependents.Exists(d => d.IsDeletingDependents))
            await _writer.UnblockOwnersAsync(node.Identity, live, cancellation);
        await _writer.DeleteAsync(node.Identity, propagation, cancellation);
    }

    /// <summary>Asks the server, not the graph, before anything is deleted; a kind that is not known keeps its dependents.</summary>
    private async Task<OwnerState> StateOfAsync(GraphNode node, OwnerReference reference, CancellationToken cancellation)
    {
        if (ResourceOf(reference) is not { } resource || (resource.Namespaced && node.Identity.Namespace.Length == 0))
            return OwnerState.Solid;
        var ns = resource.Namespaced ? node.Identity.Namespace : "";
        var owner = await _writer.ReadAsync(new ObjectIdentity(resource, ns, reference.Name, reference.Uid), cancellation);
        if (owner is null)
            return OwnerState.Dangling;
        return owner.Metadata.DeletionTimestamp is not null && owner.Metadata.Finalizers.Contains(OwnershipGraph.ForegroundDeletion)
            ? OwnerState.WaitingForDependents
            : OwnerState.Solid;
    }
}
