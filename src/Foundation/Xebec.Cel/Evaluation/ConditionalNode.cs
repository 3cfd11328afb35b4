using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>condition ? one : other.</summary>
internal sealed class ConditionalNode(Node condition, Node whenTrue, Node whenFalse) : Node
{
    public override CelValue Evaluate(Frame frame)
    {
        var decision = condition.Evaluate(frame);
        if (decision is not CelBool flag)
            return decision.IsError ? decision : CelError.NoSuchOverload;
        var branch = flag.Flag ? whenTrue : whenFalse;
        return branch is AttributeNode attribute ? attribute.Resolve(frame) : branch.Evaluate(frame);
    }
}
