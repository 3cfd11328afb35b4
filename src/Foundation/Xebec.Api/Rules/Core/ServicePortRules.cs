using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>The ports of a Service together. The walk stands on the spec.</summary>
internal static class ServicePortRules
{
    public static void Check(ObjectValue spec, string type, CheckContext context)
    {
        if (spec.GetList("ports") is not { Count: > 0 } ports)
            return;
        context.Enter("ports");
        for (var i = 0; i < ports.Count; i++)
        {
            if (ports[i] is not ObjectValue port)
                continue;
            context.EnterItem(i);
            CheckPort(port, i, ports, type, context);
            context.Leave();
        }

        context.Leave();
    }

    private static void CheckPort(ObjectValue port, int index, ListValue ports, string type, CheckContext context)
    {
        if (ports.Count > 1 && port["name"].IsZero())
            context.Required("name");
        if (type == "ClusterIP" && !port["nodePort"].IsZero())
            context.Forbidden("nodePort", "may not be used when `type` is 'ClusterIP'");
        if (!port["name"].IsZero() && HasBefore(ports, index, o => port["name"]!.DeepEquals(o["name"])))
            context.Duplicate("name", port["name"]);
        if (!port["nodePort"].IsZero() && HasBefore(ports, index, o => SameProtocol(o, port) && port["nodePort"]!.DeepEquals(o["nodePort"])))
            context.Duplicate("nodePort", port["nodePort"]);
        if (HasBefore(ports, index, o => SameProtocol(o, port) && ValueZero.SameOrBothZero(port["port"], o["port"])))
            context.Add(FieldError.Duplicate(context.Here, Shown(port)));
    }

    private static bool SameProtocol(ObjectValue one, ObjectValue other) => one.GetString("protocol") == other.GetString("protocol");

    private static bool HasBefore(ListValue ports, int index, Predicate<ObjectValue> isSame)
    {
        for (var i = 0; i < index; i++)
        {
            if (ports[i] is ObjectValue port && isSame(port))
                return true;
        }

        return false;
    }

    // Upstream shows its internal form, of port and protocol alone.
    private static ObjectValue Shown(ObjectValue port) => new()
    {
        { "Name", "" },
        { "Protocol", port.GetString("protocol") ?? "" },
        { "AppProtocol", Value.Null },
        { "Port", port["port"] ?? 0L },
        { "TargetPort", 0L },
        { "NodePort", 0L },
    };
}
