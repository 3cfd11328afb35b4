using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>operand in a list of constants, looked up by hash; free of charge, as upstream's.</summary>
internal sealed class ContainsConstantNode(Node operand, CelList list) : Node
{
    private readonly HashSet<CelValue> _items = ItemsOf(list);

    public override CelValue Evaluate(Frame frame)
    {
        var value = operand.Evaluate(frame);
        return value.IsError ? value : CelBool.Of(_items.Contains(value));
    }

    private static HashSet<CelValue> ItemsOf(CelList list)
    {
        var items = new HashSet<CelValue>(list.Count, CelValueComparer.Instance);
        for (var i = 0; i < list.Count; i++)
            items.Add(list[i]);
        return items;
    }
}
