using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>operand.field, or operand.?field.</summary>
internal sealed class SelectNode(Node operand, string field, bool isOptional) : AttributeNode
{
    public override CelValue Resolve(Frame frame)
    {
        var value = Part(operand, frame);
        frame.Charge(1);
        if (value.IsError)
            return value;
        if (value is CelOptional optional)
            return optional.Value is null ? optional : FindOptional(optional.Value);
        return isOptional ? FindOptional(value) : Read(value);
    }

    private CelValue Read(CelValue value) => value.HasField(field) is null ? CelError.NoSuchKey(field) : value.GetField(field);

    private CelValue FindOptional(CelValue value) =>
        value.HasField(field) == true ? CelOptional.OfFound(value.GetField(field)) : CelOptional.None;
}
