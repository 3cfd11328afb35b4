using Xebec.Cel.Costs;
using Xebec.Cel.Syntax;
using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>&lt;, &lt;=, &gt; and &gt;=.</summary>
/// <param name="function">The operator.</param>
/// <param name="left">The left side.</param>
/// <param name="right">The right side.</param>
/// <param name="comparesText">Both are known to be strings or bytes, so that it costs what they are long.</param>
internal sealed class RelationNode(string function, Node left, Node right, bool comparesText) : Node
{
    public override CelValue Evaluate(Frame frame)
    {
        var first = left.Evaluate(frame);
        var second = right.Evaluate(frame);
        frame.Charge(comparesText ? RuntimeCosts.Comparison(first, second) : 1);
        if (first.IsError)
            return first;
        if (second.IsError)
            return second;
        if (first.CompareTo(second) is { } order)
            return CelBool.Of(Holds(order));
        return first is CelDouble or CelInt or CelUint && second is CelDouble or CelInt or CelUint
            ? CelBool.False
            : CelError.NoSuchFunction(function, first, second);
    }

    private bool Holds(int order) => function switch
    {
        Operators.Less => order < 0,
        Operators.LessOrEqual => order <= 0,
        Operators.Greater => order > 0,
        _ => order >= 0,
    };
}
