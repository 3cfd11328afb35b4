using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Printing;

namespace Xebec.ApiServer.CustomResources;

/// <summary>Reads and writes status.conditions of a definition's tree.</summary>
internal static class DefinitionConditions
{
    /// <summary>Sets a condition; its transition time moves only when its status does.</summary>
    public static void Set(ObjectValue definition, string type, bool isTrue, string reason, string message, string now)
    {
        var status = definition.GetOrAddObject("status");
        if (status.GetList("conditions") is not { } conditions)
            status["conditions"] = conditions = new ListValue();
        var value = isTrue ? "True" : "False";
        var present = definition.Condition(type);
        if (present is null)
        {
            conditions.Add(new ObjectValue
            {
                { "type", type }, { "status", value }, { "lastTransitionTime", now }, { "reason", reason }, { "message", message },
            });
            return;
        }

        if (present.GetString("status") != value)
            present["lastTransitionTime"] = now;
        (present["status"], present["reason"], present["message"]) = (value, reason, message);
    }

    /// <summary>Removes a condition.</summary>
    public static void Remove(ObjectValue definition, string type)
    {
        if (definition.GetObject("status")?.GetList("conditions") is not { } conditions)
            return;
        for (var i = conditions.Count - 1; i >= 0; i--)
        {
            if (conditions[i].Text("type") == type)
                conditions.RemoveAt(i);
        }
    }
}
