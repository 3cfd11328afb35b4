using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>&amp;&amp; and ||: the deciding value on either side wins over an error on the other.</summary>
/// <param name="left">The side that is evaluated first.</param>
/// <param name="right">The other.</param>
/// <param name="deciding">false for &amp;&amp;, true for ||.</param>
internal sealed class LogicNode(Node left, Node right, CelBool deciding) : Node
{
    public override CelValue Evaluate(Frame frame)
    {
        var first = left.Evaluate(frame);
        if (ReferenceEquals(first, deciding))
            return deciding;
        var second = right.Evaluate(frame);
        if (ReferenceEquals(second, deciding))
            return deciding;
        if (first is CelBool && second is CelBool)
            return second;
        return first.IsError ? first : second.IsError ? second : CelError.NoSuchOverload;
    }
}
