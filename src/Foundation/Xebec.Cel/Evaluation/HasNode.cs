using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>has(operand.field).</summary>
internal sealed class HasNode(Node operand, string field) : Node
{
    public override CelValue Evaluate(Frame frame)
    {
        var value = operand.Evaluate(frame);
        if (value.IsError)
            return value;
        if (value is CelOptional optional)
            return CelBool.Of(optional.Value?.HasField(field) == true);
        return CelBool.Of(value.HasField(field) == true);
    }
}
