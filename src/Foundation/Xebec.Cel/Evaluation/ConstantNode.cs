using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>A value known before; it costs nothing.</summary>
internal sealed class ConstantNode(CelValue value) : Node
{
    public CelValue Value { get; } = value;

    public override CelValue Evaluate(Frame frame) => Value;
}
