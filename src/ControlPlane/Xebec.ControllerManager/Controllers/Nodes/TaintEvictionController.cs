using Xebec.Api.Core.V1;
using Xebec.Client;
using Xebec.Client.Events;
using Xebec.Client.Informers;
using Xebec.Client.Queues;
using Xebec.ControllerManager.Pods;

namespace Xebec.ControllerManager.Controllers.Nodes;

/// <summary>Deletes pods from nodes whose NoExecute taints they do not, or no longer, tolerate.</summary>
internal sealed class TaintEvictionController : IController
{
    private const string Name = "taint-eviction-controller";
    private readonly ControllerContext _context;
    private readonly WorkQueue<NamespacedName> _queue;
    private readonly SharedInformer<Node> _nodes;
    private readonly SharedInformer<Pod> _pods;
    private readonly InformerIndex<Pod> _podsByNode;
    private readonly EventRecorder _recorder;
    private readonly PodDisruption _disruption;

    public TaintEvictionController(ControllerContext context)
    {
        _context = context;
        _queue = context.NewQueue<NamespacedName>();
        _recorder = context.Recorder(Name);
        _disruption = new PodDisruption(context.Client, context.Time);
        _nodes = context.Informers.For<Node>();
        _pods = context.Informers.For<Pod>();
        _podsByNode = _pods.AddIndex(NodeIndex.Key);
        _nodes.AddHandler(NodeChanged);
        _pods.AddHandler((old, pod) =>
        {
            if (pod is { Spec.NodeName.Length: > 0 } &&
                (old?.Spec.NodeName != pod.Spec.NodeName || old.Spec.Tolerations.Count != pod.Spec.Tolerations.Count))
                _queue.Add(NamespacedName.Of(pod));
        });
    }

    public Task RunAsync(CancellationToken cancellation) =>
        _context.RunAsync(Name, _queue, ReconcileAsync, cancellation, _nodes.Synced, _pods.Synced);

    private void NodeChanged(Node? old, Node? node)
    {
        if (node is null || !(HasNoExecute(old) || HasNoExecute(node)))
            return;
        foreach (var pod in _podsByNode.Get(node.Metadata.Name))
            _queue.Add(NamespacedName.Of(pod));
    }

    private static bool HasNoExecute(Node? node) => node is not null && node.Spec.Taints.Exists(t => t.Effect == TaintEffect.NoExecute);

    private async Task<ReconcileResult> ReconcileAsync(NamespacedName name, CancellationToken cancellation)
    {
        if (_pods.Lister.Get(name) is not { Metadata.DeletionTimestamp: null } pod ||
            _nodes.Lister.Get("", pod.Spec.NodeName) is not { } node)
            return ReconcileResult.Done;
        var now = _context.Time.GetUtcNow();
        if (TaintEviction.LeaveAt(pod, node, now) is not { } leaveAt)
            return ReconcileResult.Done;
        if (leaveAt > now)
            return ReconcileResult.After(leaveAt - now);
        _recorder.Normal(pod, "TaintManagerEviction", $"Marking for deletion Pod {name}");
        await _disruption.DeleteAsync(pod, "DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint", null, cancellation);
        return ReconcileResult.Done;
    }
}
