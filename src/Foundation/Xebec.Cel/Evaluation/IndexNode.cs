using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>operand[key], or operand[?key].</summary>
internal sealed class IndexNode(Node operand, Node key, bool isOptional) : AttributeNode
{
    public override CelValue Resolve(Frame frame)
    {
        var value = Part(operand, frame);
        var at = Part(key, frame);
        frame.Charge(1);
        if (value.IsError)
            return value;
        if (at.IsError)
            return at;
        if (value is CelOptional optional)
            return optional.Value is null ? optional : CelOptional.OfFound(optional.Value.Find(at));
        return isOptional ? CelOptional.OfFound(value.Find(at)) : value.At(at);
    }
}
