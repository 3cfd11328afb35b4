using Xebec.Cel.Costs;
using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>[a, ?b].</summary>
internal sealed class ListNode(Node[] items, IReadOnlyList<bool> optional) : Node
{
    public override CelValue Evaluate(Frame frame)
    {
        var values = new List<CelValue>(items.Length);
        for (var i = 0; i < items.Length; i++)
        {
            var value = items[i].Evaluate(frame);
            if (value.IsError)
                return value;
            if (!optional[i])
                values.Add(value);
            else if (value is not CelOptional wrapped)
                return CelError.NoSuchOverload;
            else if (wrapped.Value is not null)
                values.Add(wrapped.Value);
        }

        frame.Charge(RuntimeCosts.ListBase);
        return new CelArrayList(values);
    }
}
