using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>A declared variable.</summary>
internal sealed class VariableNode(string name, CelType type) : AttributeNode
{
    private readonly CelError _missing = new($"no such attribute(s): {name}");

    public override CelValue Resolve(Frame frame) => frame.Activation.Find(name, type) ?? _missing;
}
