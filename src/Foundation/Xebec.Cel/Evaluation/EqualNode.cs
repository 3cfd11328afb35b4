using Xebec.Cel.Costs;
using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>== and !=.</summary>
internal sealed class EqualNode(Node left, Node right, bool isNegated) : Node
{
    public override CelValue Evaluate(Frame frame)
    {
        var first = left.Evaluate(frame);
        var second = right.Evaluate(frame);
        frame.Charge(RuntimeCosts.Comparison(first, second));
        if (first.IsError)
            return first;
        return second.IsError ? second : CelBool.Of(first.EqualTo(second) != isNegated);
    }
}
