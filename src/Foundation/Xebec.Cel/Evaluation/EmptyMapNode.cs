using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>The map that transformMap starts with: a new one each time, since it grows in place.</summary>
internal sealed class EmptyMapNode : Node
{
    public override CelValue Evaluate(Frame frame) => CelEntriesMap.Start();
}
