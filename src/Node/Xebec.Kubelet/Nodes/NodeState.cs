using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Nodes;

/// <summary>What a node's status is computed from.</summary>
internal sealed record NodeState(KubeletOptions Options, MachineFacts Machine, DateTimeOffset Now)
{
    public RuntimeVersion Runtime { get; init; } = new("unknown", "", "");

    public RuntimeStatus? RuntimeStatus { get; init; }

    public string RuntimeError { get; init; } = "";

    public IReadOnlyList<Image> Images { get; init; } = [];

    public NodePressure Pressure { get; init; }

    public int ServerPort { get; init; }
}
