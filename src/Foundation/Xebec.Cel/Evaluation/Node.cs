using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>A piece of a program. Errors are values it returns; only a cost limit is thrown.</summary>
internal abstract class Node
{
    public abstract CelValue Evaluate(Frame frame);
}
