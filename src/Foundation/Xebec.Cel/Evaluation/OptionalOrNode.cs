using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>a.or(b) and a.orValue(b): b is evaluated only when a has no value.</summary>
internal sealed class OptionalOrNode(Node target, Node otherwise, bool unwraps) : Node
{
    public override CelValue Evaluate(Frame frame)
    {
        var value = target.Evaluate(frame);
        if (value is not CelOptional optional)
            return value.IsError ? value : CelError.NoSuchOverload;
        if (optional.Value is not null)
            return unwraps ? optional.Value : optional;
        return otherwise.Evaluate(frame);
    }
}
