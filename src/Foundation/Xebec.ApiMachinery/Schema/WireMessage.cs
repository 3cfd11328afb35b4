namespace Xebec.ApiMachinery.Schema;

/// <summary>The protobuf fields of a message, ascending by number.</summary>
internal sealed class WireMessage
{
    private readonly WireNode?[] _byNumber;

    public WireMessage(WireNode[] nodes)
    {
        Nodes = nodes;
        _byNumber = new WireNode?[nodes.Length == 0 ? 0 : nodes[^1].Number + 1];
        foreach (var node in nodes)
            _byNumber[node.Number] = node;
    }

    public WireNode[] Nodes { get; }

    /// <summary>The field of a number, null when it is unknown.</summary>
    public WireNode? Find(uint number) => number < (uint)_byNumber.Length ? _byNumber[number] : null;
}
