using Xebec.ApiMachinery.Values;

namespace Xebec.Kubelet.Nodes;

/// <summary>The strategic merge patch of a node's status: the fields that differ, and our conditions. Pure.</summary>
internal static class NodeStatusPatch
{
    private static readonly string[] OurConditions =
        [NodeConditionType.MemoryPressure, NodeConditionType.DiskPressure, NodeConditionType.PIDPressure, NodeConditionType.Ready];

    public static ObjectValue Build(NodeStatus from, NodeStatus to)
    {
        var before = (ObjectValue)Value.Parse(ApiJson.Serialize(from));
        var after = (ObjectValue)Value.Parse(ApiJson.Serialize(to));
        var changes = new ObjectValue();
        foreach (var (name, value) in after)
        {
            if (name == "conditions")
                changes.Add(name, new ListValue(((ListValue)value).Where(c => OurConditions.Contains(c.AsObject()?.GetString("type")))));
            else if (before[name] is not { } old || !old.DeepEquals(value))
                changes.Add(name, name == "addresses" ? Replacing((ListValue)value) : value);
        }

        return new ObjectValue { { "status", changes } };
    }

    private static ListValue Replacing(ListValue items)
    {
        var list = new ListValue(items);
        list.Add(new ObjectValue { { "$patch", "replace" } });
        return list;
    }
}
