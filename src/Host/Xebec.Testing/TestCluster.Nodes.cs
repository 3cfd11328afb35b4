using Xebec.Api.Core.V1;
using Xebec.Kubelet;
using Xebec.Kubelet.Runtime.Fake;
using Xebec.Testing.Nodes;

namespace Xebec.Testing;

/// <content>Simulated nodes: pods are scheduled to them, run and become ready, without a container anywhere.</content>
public sealed partial class TestCluster
{
    private const string NotReadyTaint = "node.kubernetes.io/not-ready";
    private readonly List<SimulatedNode> _nodes = [];
    private int _lastNode;

    /// <summary>The nodes added so far, those that were stopped included.</summary>
    public IReadOnlyList<SimulatedNode> Nodes
    {
        get
        {
            lock (_nodes)
                return [.. _nodes];
        }
    }

    /// <summary>Adds nodes and returns when they are ready to take pods.</summary>
    public async Task<IReadOnlyList<SimulatedNode>> AddNodesAsync(
        int count, SimulatedNodeOptions? options = null, CancellationToken cancellationToken = default)
    {
        var added = Enumerable.Range(0, count).Select(_ => StartNode(options ?? new SimulatedNodeOptions())).ToList();
        foreach (var node in added)
            await WaitForAsync<Node>("", node.Name, IsReady, cancellationToken: cancellationToken);
        return added;
    }

    private SimulatedNode StartNode(SimulatedNodeOptions options)
    {
        var number = Interlocked.Increment(ref _lastNode);
        var name = options.NamePrefix + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var (high, low) = (number / 256, number % 256);
        var podCidr = $"10.{128 + high}.{low}.0/24";
        var runtime = new FakeContainerRuntime(Time, podCidr) { Behavior = _options.ContainerBehavior };
        var kubeletOptions = new KubeletOptions
        {
            NodeName = name,
            NodeIp = $"192.168.{high}.{low}",
            PodCidr = podCidr,
            MaxPods = options.MaxPods,
            NodeLabels = options.Labels,
            CapacityCpus = options.Cpus,
            CapacityMemoryBytes = options.MemoryBytes,
            Port = -1,
            Eviction = false,
            SimulatedProbe = probe => runtime.AnswerProbe(probe.ContainerId, probe.Port, probe.Path),
        };
        var client = Client("system:node:" + name, "system:nodes");
        var node = new SimulatedNode(name, new Kubelet.Kubelet(kubeletOptions, client, runtime, Time, _options.Loggers), runtime, client);
        lock (_nodes)
            _nodes.Add(node);
        return node;
    }

    private static bool IsReady(Node node) =>
        node.Status.Conditions.Exists(c => c is { Type: "Ready", Status: "True" }) &&
        !node.Spec.Taints.Exists(t => t.Key == NotReadyTaint);

    private Task StopNodesAsync() => Task.WhenAll(Nodes.Select(n => n.StopAsync()));
}
