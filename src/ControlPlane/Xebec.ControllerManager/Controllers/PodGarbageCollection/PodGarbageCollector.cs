using Xebec.Api.Core.V1;
using Xebec.Client;
using Xebec.Client.Informers;
using Xebec.Client.Queues;
using Xebec.ControllerManager.Controllers.Nodes;
using Xebec.ControllerManager.Pods;

namespace Xebec.ControllerManager.Controllers.PodGarbageCollection;

/// <summary>Removes pods of nodes that are gone, terminating pods that never had a node, and ended pods above a threshold.</summary>
internal sealed class PodGarbageCollector : IController
{
    private const string Name = "pod-garbage-collector-controller";

    /// <summary>A node may be missing for a moment while it is re-created.</summary>
    private static readonly TimeSpan NodeQuarantine = TimeSpan.FromSeconds(40);

    private readonly ControllerContext _context;
    private readonly WorkQueue<NamespacedName> _queue;
    private readonly SharedInformer<Node> _nodes;
    private readonly SharedInformer<Pod> _pods;
    private readonly InformerIndex<Pod> _podsByNode;
    private readonly PodDisruption _disruption;
    private int _ended;

    public PodGarbageCollector(ControllerContext context)
    {
        _context = context;
        _queue = context.NewQueue<NamespacedName>();
        _disruption = new PodDisruption(context.Client, context.Time);
        _nodes = context.Informers.For<Node>();
        _pods = context.Informers.For<Pod>();
        _podsByNode = _pods.AddIndex(NodeIndex.Key);
        _nodes.AddHandler(NodeChanged);
        _pods.AddHandler(PodChanged);
    }

    public Task RunAsync(CancellationToken cancellation) =>
        _context.RunAsync(Name, _queue, ReconcileAsync, cancellation, _nodes.Synced, _pods.Synced);

    private void NodeChanged(Node? old, Node? node)
    {
        if (node is not null)
            return;
        foreach (var pod in _podsByNode.Get(old!.Metadata.Name))
            _queue.AddAfter(NamespacedName.Of(pod), NodeQuarantine);
    }

    private void PodChanged(Pod? old, Pod? pod)
    {
        _ended += Ended(pod) - Ended(old);
        if (pod is null)
            return;
        if (PodGarbagePlan.IsUnscheduledAndTerminating(pod) || _ended > _context.Options.TerminatedPodThreshold)
            _queue.Add(NamespacedName.Of(pod));
        else if (PodGarbagePlan.IsOrphaned(pod, NodeExists))
            _queue.AddAfter(NamespacedName.Of(pod), NodeQuarantine);
    }

    private static int Ended(Pod? pod) => pod is not null && PodState.IsTerminal(pod) ? 1 : 0;

    private bool NodeExists(string name) => _nodes.Lister.Get("", name) is not null;

    private async Task<ReconcileResult> ReconcileAsync(NamespacedName name, CancellationToken cancellation)
    {
        if (_pods.Lister.Get(name) is { } pod)
            await CollectAsync(pod, cancellation);
        if (Volatile.Read(ref _ended) <= _context.Options.TerminatedPodThreshold)
            return ReconcileResult.Done;
        foreach (var surplus in PodGarbagePlan.Surplus(_pods.Lister.List(), _context.Options.TerminatedPodThreshold))
            await _disruption.DeleteAsync(surplus, "", "", 0, cancellation);
        return ReconcileResult.Done;
    }

    private Task CollectAsync(Pod pod, CancellationToken cancellation)
    {
        if (PodGarbagePlan.IsUnscheduledAndTerminating(pod))
            return _disruption.DeleteAsync(pod, "DeletionByPodGC", "PodGC: unscheduled and terminating", 0, cancellation);
        return PodGarbagePlan.IsOrphaned(pod, NodeExists)
            ? _disruption.DeleteAsync(pod, "DeletionByPodGC", "PodGC: node no longer exists", 0, cancellation)
            : Task.CompletedTask;
    }
}
