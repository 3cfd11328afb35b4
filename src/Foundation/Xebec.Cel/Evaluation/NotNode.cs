using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>!operand.</summary>
internal sealed class NotNode(Node operand) : Node
{
    public override CelValue Evaluate(Frame frame)
    {
        var value = operand.Evaluate(frame);
        frame.Charge(1);
        return value is CelBool flag ? CelBool.Of(!flag.Flag) : value.IsError ? value : CelError.NoSuchOverload;
    }
}
