using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>The ports of a Service together. The walk stands on the spec.</summary>
internal static class ServicePortRules
{
    private const int KubeletPort = 10250;

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
        if (type == "LoadBalancer" && port["port"]?.AsInt64() == KubeletPort)
            context.Invalid("port", port["port"], "may not expose port 10250 externally since it is used by kubelet");
        if (type == "ClusterIP" && !port["nodePort"].IsZero())
            context.Forbidden("nodePort", "may not be used when `type` is 'ClusterIP'");
        for (var i = 0; i < index; i++)
        {
            if (ports[i] is ObjectValue other)
                CheckPair(port, other, context);
        }
    }

    private static void CheckPair(ObjectValue port, ObjectValue other, CheckContext context)
    {
        if (!port["name"].IsZero() && port["name"]!.DeepEquals(other["name"]))
            context.Duplicate("name", port["name"]);
        if (port.GetString("protocol") != other.GetString("protocol"))
            return;
        if (!port["nodePort"].IsZero() && port["nodePort"]!.DeepEquals(other["nodePort"]))
            context.Duplicate("nodePort", port["nodePort"]);
        if (port["port"]?.DeepEquals(other["port"]) == true)
            context.Add(FieldError.Duplicate(context.Here, new ObjectValue { ["port"] = port["port"], ["protocol"] = port["protocol"] }));
    }
}
