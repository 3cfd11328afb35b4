using Xebec.Cel.Costs;
using Xebec.Cel.Functions;
using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>A call with no operand or more than two.</summary>
internal sealed class CallNode(string function, IReadOnlyList<Overload> overloads, Node[] operands) : Node
{
    private readonly CallCost _cost = RuntimeCosts.Of(function, overloads);

    public override CelValue Evaluate(Frame frame)
    {
        var values = new CelValue[operands.Length];
        CelValue? error = null;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = operands[i].Evaluate(frame);
            if (values[i].IsError)
                error ??= values[i];
        }

        frame.Charge(values.Length == 0 ? 1 : _cost(values[0], values.ElementAtOrDefault(1), values[0]));
        return error ?? Call(values);
    }

    private CelValue Call(CelValue[] values)
    {
        foreach (var overload in overloads)
        {
            if (Accepts(overload, values))
                return overload.Many!(values);
        }

        return CelError.NoSuchFunction(function, values);
    }

    private static bool Accepts(Overload overload, CelValue[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!overload.Accepts(i, values[i]))
                return false;
        }

        return overload.Parameters.Count == values.Length;
    }
}
