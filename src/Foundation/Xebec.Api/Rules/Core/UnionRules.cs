using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Structs of which one member must be set.</summary>
internal static class UnionRules
{
    private const string MoreThanOne = "may not have more than one field specified at a time";
    private static readonly string[] Handlers = ["exec", "httpGet", "tcpSocket", "grpc", "sleep"];

    public static void CheckHandler(ObjectValue handler, CheckContext context)
    {
        var found = false;
        foreach (var name in Handlers)
        {
            if (handler[name].IsAbsent())
                continue;
            if (found)
                context.Forbidden(name, "may not specify more than 1 handler type");
            found = true;
        }

        if (!found)
            context.RequiredHere("must specify a handler type");
    }

    public static void CheckHttpGet(ObjectValue action, CheckContext context)
    {
        foreach (var header in action.GetList("httpHeaders") ?? [])
        {
            var name = header.AsObject()?.GetString("name") ?? "";
            context.CheckText("httpHeaders", name, ApiMachinery.Names.NameRules.HttpHeader(name));
        }
    }

    public static void CheckEnvVar(ObjectValue variable, CheckContext context)
    {
        if (variable.GetObject("valueFrom") is not { } source)
            return;
        context.Enter("valueFrom");
        DownwardApiRules.CheckEnv(source, context);
        context.Leave();
        var count = Count(source, "fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef");
        const string None = "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`";
        if (count == 0)
            context.Invalid("valueFrom", "", None);
        else if (!variable["value"].IsZero())
            context.Invalid("valueFrom", "", "may not be specified when `value` is not empty");
        else if (count > 1)
            context.Invalid("valueFrom", "", MoreThanOne);
    }

    /// <summary>The sources of a container's environment; upstream's paths name the list, not the item.</summary>
    public static void CheckEnvFrom(ObjectValue container, CheckContext context)
    {
        foreach (var item in container.GetList("envFrom") ?? [])
        {
            if (item is not ObjectValue source)
                continue;
            var count = Count(source, "configMapRef", "secretRef");
            if (count == 0)
                context.Invalid("envFrom", "", "must specify one of: `configMapRef` or `secretRef`");
            else if (count > 1)
                context.Invalid("envFrom", "", MoreThanOne);
        }
    }

    /// <summary>How many of the members are set.</summary>
    public static int Count(ObjectValue item, params ReadOnlySpan<string> names)
    {
        var count = 0;
        foreach (var name in names)
            count += item[name].IsAbsent() ? 0 : 1;
        return count;
    }
}
