using Xebec.ApiMachinery.Values;

namespace Xebec.Kubelet.Status;

/// <summary>The strategic merge patch that turns one pod status into another; touches only what differs. Pure.</summary>
internal static class StatusPatch
{
    private static readonly string[] ReplacedLists = ["podIPs", "hostIPs", "resourceClaimStatuses"];

    /// <summary>The patch's body, null when nothing differs. The uid in it guards against a pod that was replaced.</summary>
    public static ObjectValue? Build(string uid, PodStatus from, PodStatus to)
    {
        var before = (ObjectValue)Value.Parse(ApiJson.Serialize(from));
        var after = (ObjectValue)Value.Parse(ApiJson.Serialize(to));
        var changes = new ObjectValue();
        foreach (var (name, value) in after)
        {
            if (before[name] is { } old && old.DeepEquals(value))
                continue;
            if (name == "conditions")
                AddConditions(changes, before.GetList(name), (ListValue)value);
            else
                changes.Add(name, ReplacedLists.Contains(name) ? Replacing((ListValue)value) : value);
        }

        foreach (var (name, _) in before)
        {
            if (!after.ContainsKey(name) && name != "conditions")
                changes.Add(name, Value.Null);
        }

        return changes.Count == 0
            ? null
            : new ObjectValue { { "metadata", new ObjectValue { { "uid", uid } } }, { "status", changes } };
    }

    private static ListValue Replacing(ListValue items)
    {
        var list = new ListValue();
        foreach (var item in items)
            list.Add(item);
        list.Add(new ObjectValue { { "$patch", "replace" } });
        return list;
    }

    private static void AddConditions(ObjectValue changes, ListValue? before, ListValue after)
    {
        var changed = new ListValue();
        foreach (var condition in after)
        {
            var type = condition.AsObject()?.GetString("type");
            if (!PodConditions.Owned.Contains(type) && type != PodConditionType.DisruptionTarget)
                continue;
            var old = before?.FirstOrDefault(c => c.AsObject()?.GetString("type") == type);
            if (old is null)
                changed.Add(condition);
            else if (!old.DeepEquals(condition))
                changed.Add(WithRemovals((ObjectValue)old, (ObjectValue)condition));
        }

        if (changed.Count > 0)
            changes.Add("conditions", changed);
    }

    private static ObjectValue WithRemovals(ObjectValue before, ObjectValue after)
    {
        var merged = (ObjectValue)after.DeepClone();
        foreach (var (name, _) in before)
        {
            if (!after.ContainsKey(name))
                merged.Add(name, Value.Null);
        }

        return merged;
    }
}
