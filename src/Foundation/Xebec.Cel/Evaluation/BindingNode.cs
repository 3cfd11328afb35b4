using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>Gives a value a name. An error stays with the name until it is used.</summary>
internal sealed class BindingNode(int slot, Node value, Node body) : Node
{
    public override CelValue Evaluate(Frame frame)
    {
        frame[slot] = value.Evaluate(frame);
        return body.Evaluate(frame);
    }
}
