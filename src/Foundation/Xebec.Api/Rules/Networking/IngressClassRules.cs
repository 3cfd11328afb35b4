using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Networking;

/// <summary>IngressClasses.</summary>
internal static class IngressClassRules
{
    public static void Check(ObjectValue spec, CheckContext context)
    {
        if (spec.GetString("controller") is { Length: > 0 } controller)
            DomainRules.CheckPath(context.At("controller"), controller, context);
    }

    public static void CheckParameters(ObjectValue parameters, CheckContext context)
    {
        if (parameters.GetString("apiGroup") is { } group)
            context.AddInvalid(context.At("apiGroup"), group, NameRules.DnsSubdomain(group));
        var ns = parameters.GetString("namespace");
        switch (parameters.GetString("scope"))
        {
            case "Namespace" when ns is null:
                context.Required("namespace", "`parameters.scope` is set to 'Namespace'");
                break;
            case "Namespace":
                context.AddInvalid(context.At("namespace"), ns, NameRules.DnsLabel(ns!));
                break;
            case "Cluster" when ns is not null:
                context.Forbidden("namespace", "`parameters.scope` is set to 'Cluster'");
                break;
        }
    }
}
