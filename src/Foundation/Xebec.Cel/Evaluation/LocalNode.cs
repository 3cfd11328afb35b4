using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>A variable of a comprehension.</summary>
internal sealed class LocalNode(int slot) : AttributeNode
{
    public override CelValue Resolve(Frame frame) => frame[slot];
}
