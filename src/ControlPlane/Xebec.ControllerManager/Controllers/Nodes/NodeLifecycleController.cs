using System.Collections.Concurrent;
using Xebec.Api;
using Xebec.Api.Coordination.V1;
using Xebec.Api.Core.V1;
using Xebec.ApiMachinery.Values;
using Xebec.Client;
using Xebec.Client.Events;
using Xebec.Client.Informers;
using Xebec.Client.Queues;
using Xebec.ControllerManager.Pods;

namespace Xebec.ControllerManager.Controllers.Nodes;

/// <summary>
/// Notices nodes whose kubelet fell silent, and taints nodes by their conditions. A node's silence is measured on this process's
/// clock from when its Lease or Ready heartbeat last changed; one timer a node, no polling.
/// </summary>
internal sealed class NodeLifecycleController : IController
{
    private const string Name = "node-controller";
    private const string LeaseNamespace = "kube-node-lease";
    private readonly ControllerContext _context;
    private readonly WorkQueue<string> _queue;
    private readonly SharedInformer<Node> _nodes;
    private readonly SharedInformer<Lease> _leases;
    private readonly SharedInformer<Pod> _pods;
    private readonly InformerIndex<Pod> _podsByNode;
    private readonly EventRecorder _recorder;
    private readonly ConcurrentDictionary<string, long> _heardAt = new(StringComparer.Ordinal);

    public NodeLifecycleController(ControllerContext context)
    {
        _context = context;
        _queue = context.NewQueue<string>();
        _recorder = context.Recorder(Name);
        _nodes = context.Informers.For<Node>();
        _leases = context.Informers.For<Lease>(new InformerOptions(LeaseNamespace));
        _pods = context.Informers.For<Pod>();
        _podsByNode = _pods.AddIndex(NodeIndex.Key);
        _nodes.AddHandler(NodeChanged);
        _leases.AddHandler((old, lease) =>
        {
            if (lease is not null && lease.Spec.RenewTime != old?.Spec.RenewTime)
                _heardAt[lease.Metadata.Name] = _context.Time.GetTimestamp();
        });
    }

    public Task RunAsync(CancellationToken cancellation) =>
        _context.RunAsync(Name, _queue, ReconcileAsync, cancellation, _nodes.Synced, _leases.Synced, _pods.Synced);

    private void NodeChanged(Node? old, Node? node)
    {
        if (node is null)
        {
            _heardAt.TryRemove(old!.Metadata.Name, out _);
            _recorder.Record(Reference(old), "Normal", "RemovingNode",
                $"Node {old.Metadata.Name} event: Removing Node {old.Metadata.Name} from Controller");
            return;
        }

        if (old is null)
            _recorder.Record(Reference(node), "Normal", "RegisteredNode",
                $"Node {node.Metadata.Name} event: Registered Node {node.Metadata.Name} in Controller");
        var heartbeat = Ready(node)?.LastHeartbeatTime;
        if (old is null || (Ready(node)?.Status != ConditionStatus.Unknown && heartbeat != Ready(old)?.LastHeartbeatTime))
            _heardAt[node.Metadata.Name] = _context.Time.GetTimestamp();
        _queue.Add(node.Metadata.Name);
    }

    private static NodeCondition? Ready(Node node) => node.Status.Conditions.Find(c => c.Type == NodeConditionType.Ready);

    private static ObjectReference Reference(Node node) =>
        new() { Kind = "Node", ApiVersion = "v1", Name = node.Metadata.Name, Uid = node.Metadata.Uid };

    private async Task<ReconcileResult> ReconcileAsync(string name, CancellationToken cancellation)
    {
        if (_nodes.Lister.Get("", name) is not { } node)
            return ReconcileResult.Done;
        var silent = _context.Time.GetElapsedTime(_heardAt.GetOrAdd(name, _ => _context.Time.GetTimestamp()));
        var grace = _context.Options.NodeMonitorGracePeriod;
        var now = _context.Time.GetUtcNow();
        if (silent >= grace && NodeHealth.Unknown(node, now) is { } unknown)
        {
            node = node.DeepClone();
            node.Status = unknown;
            node = await _context.Client.UpdateStatusAsync(node, null, cancellation);
        }

        await TaintAsync(node, now, cancellation);
        if (Ready(node) is { Status: not ConditionStatus.True })
            await MarkPodsNotReadyAsync(node, now, cancellation);
        return ReconcileResult.After(silent >= grace ? grace : grace - silent);
    }

    private async Task TaintAsync(Node node, DateTimeOffset now, CancellationToken cancellation)
    {
        var taints = NodeTaints.Desired(node, now);
        if (ReferenceEquals(taints, node.Spec.Taints))
            return;
        var list = new ListValue(taints.Select(t => Value.Parse(ApiJson.Serialize(t))));
        var metadata = new ObjectValue { { "uid", node.Metadata.Uid }, { "resourceVersion", node.Metadata.ResourceVersion } };
        var patch = Patch.Merge(new ObjectValue { { "metadata", metadata }, { "spec", new ObjectValue { { "taints", list } } } });
        await _context.Client.PatchAsync<Node>("", node.Metadata.Name, patch, "", null, cancellation);
    }

    /// <summary>Nobody reports for the node's pods any more, so Services must not send anything to them.</summary>
    private async Task MarkPodsNotReadyAsync(Node node, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var pod in _podsByNode.Get(node.Metadata.Name))
        {
            if (!PodState.IsReady(pod))
                continue;
            var changed = pod.DeepClone();
            var ready = PodState.Condition(changed, PodConditionType.Ready)!;
            (ready.Status, ready.LastTransitionTime) = (ConditionStatus.False, now);
            try
            {
                await _context.Client.UpdateStatusAsync(changed, null, cancellation);
                _recorder.Warning(pod, "NodeNotReady", "Node is not ready");
            }
            catch (ApiErrorException e) when (e.IsNotFound)
            {
                continue;
            }
        }
    }
}
