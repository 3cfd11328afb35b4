using Xebec.Cel.Costs;
using Xebec.Cel.Functions;
using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>A call with two operands.</summary>
internal sealed class BinaryCallNode(string function, IReadOnlyList<Overload> overloads, Node left, Node right) : Node
{
    private readonly CallCost _cost = RuntimeCosts.Of(function, overloads);
    private readonly bool _isChargedByResult = RuntimeCosts.IsChargedByResult(function);

    public override CelValue Evaluate(Frame frame)
    {
        var first = left.Evaluate(frame);
        var second = right.Evaluate(frame);
        if (!_isChargedByResult)
            frame.Charge(_cost(first, second, first));
        var result = first.IsError ? first : second.IsError ? second : Call(first, second);
        if (_isChargedByResult)
            frame.Charge(_cost(first, second, result));
        return result;
    }

    private CelValue Call(CelValue first, CelValue second)
    {
        foreach (var overload in overloads)
        {
            if (overload.Accepts(0, first) && overload.Accepts(1, second))
                return overload.Binary is { } code ? code(first, second) : overload.Many!([first, second]);
        }

        return CelError.NoSuchFunction(function, first, second);
    }
}
