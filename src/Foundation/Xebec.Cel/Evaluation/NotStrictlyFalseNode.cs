using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>What lets a quantifier go on: everything but false, also an error.</summary>
internal sealed class NotStrictlyFalseNode(Node operand) : Node
{
    public override CelValue Evaluate(Frame frame)
    {
        var value = operand.Evaluate(frame);
        frame.Charge(1);
        return CelBool.Of(!ReferenceEquals(value, CelBool.False));
    }
}
