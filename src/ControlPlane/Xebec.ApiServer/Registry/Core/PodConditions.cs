using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>The conditions that the API server itself sets on pods.</summary>
internal static class PodConditions
{
    /// <summary>Sets a condition that has no reason or message; the transition time moves only when the status does.</summary>
    public static void Set(ObjectValue pod, string type, string status, DateTimeOffset now)
    {
        var state = pod.GetOrAddObject("status");
        var conditions = state.GetList("conditions") ?? new ListValue();
        state["conditions"] = conditions;
        var condition = conditions.Select(c => c.AsObject()).FirstOrDefault(c => c?.GetString("type") == type);
        if (condition is null)
        {
            condition = new ObjectValue { { "type", type } };
            conditions.Add(condition);
        }

        if (condition.GetString("status") != status)
            condition["lastTransitionTime"] = ObjectMetadata.Timestamp(now);
        condition["status"] = status;
        condition.Remove("reason");
        condition.Remove("message");
    }
}
