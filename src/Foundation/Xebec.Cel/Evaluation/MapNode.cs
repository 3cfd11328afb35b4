using Xebec.Cel.Costs;
using Xebec.Cel.Values;

namespace Xebec.Cel.Evaluation;

/// <summary>{key: value, ?key: value}.</summary>
internal sealed class MapNode((Node Key, Node Value, bool IsOptional)[] entries) : Node
{
    public override CelValue Evaluate(Frame frame)
    {
        var map = CelEntriesMap.Start();
        foreach (var entry in entries)
        {
            var key = entry.Key.Evaluate(frame);
            var value = entry.Value.Evaluate(frame);
            if (key.IsError || value.IsError)
                return key.IsError ? key : value;
            if (entry.IsOptional)
            {
                if (value is not CelOptional wrapped)
                    return CelError.NoSuchOverload;
                if (wrapped.Value is null)
                    continue;
                value = wrapped.Value;
            }

            if (map.Add(key, value) is { } error)
                return error;
        }

        frame.Charge(RuntimeCosts.MapBase);
        return map;
    }
}
