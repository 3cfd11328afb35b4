using Xebec.Cel.Costs;
using Xebec.Cel.Functions;
using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>A call with one operand.</summary>
internal sealed class UnaryCallNode(string function, IReadOnlyList<Overload> overloads, Node operand) : Node
{
    private readonly CallCost _cost = RuntimeCosts.Of(function, overloads);
    private readonly bool _isChargedByResult = RuntimeCosts.IsChargedByResult(function);

    public override CelValue Evaluate(Frame frame)
    {
        var value = operand.Evaluate(frame);
        if (!_isChargedByResult)
            frame.Charge(_cost(value, null, value));
        var result = value.IsError ? value : Call(value);
        if (_isChargedByResult)
            frame.Charge(_cost(value, null, result));
        return result;
    }

    private CelValue Call(CelValue value)
    {
        foreach (var overload in overloads)
        {
            if (overload.Accepts(0, value))
                return overload.Unary is { } code ? code(value) : overload.Many!([value]);
        }

        return CelError.NoSuchFunction(function, value);
    }
}
