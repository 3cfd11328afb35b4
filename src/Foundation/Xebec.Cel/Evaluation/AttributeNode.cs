using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>A variable with the fields and items read from it. Read as a whole it costs one more than its parts.</summary>
internal abstract class AttributeNode : Node
{
    public sealed override CelValue Evaluate(Frame frame)
    {
        var value = Resolve(frame);
        frame.Charge(1);
        return value;
    }

    /// <summary>The value when it is part of a larger attribute.</summary>
    public abstract CelValue Resolve(Frame frame);

    protected static CelValue Part(Node node, Frame frame) => node is AttributeNode attribute ? attribute.Resolve(frame) : node.Evaluate(frame);
}
