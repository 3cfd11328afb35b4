using Xebec.Api.Rules.Meta;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Services: the rules of the spec; defaults and ports are beside it.</summary>
internal static class ServiceRules
{
    private const int MaximumAffinitySeconds = 86400;

    public static void Check(ObjectValue spec, CheckContext context)
    {
        var type = spec.GetString("type") ?? "";
        var headless = spec.GetString("clusterIP") == "None";
        if (spec["ports"].IsZero() && !headless && type != "ExternalName")
            context.Required("ports");
        CheckType(spec, type, headless, context);
        ServicePortRules.Check(spec, type, context);
        if (spec.GetObject("selector") is { Count: > 0 } selector)
            LabelSelectorRules.CheckLabels(selector, "selector", context);
        CheckAffinity(spec, context);
        CheckPolicies(spec, type, context);
    }

    public static void CheckUpdate(ObjectValue updated, ObjectValue stored, string subresource, CheckContext context)
    {
        var (spec, before) = (updated.GetObject("spec"), stored.GetObject("spec"));
        var address = before?.GetString("clusterIP") ?? "";
        if (address.Length == 0 || before?.GetString("type") == "ExternalName" || spec?.GetString("type") == "ExternalName")
            return;
        var now = spec?.GetString("clusterIP") ?? "";
        if (now != address)
        {
            var path = FieldPath.Root("spec").Child("clusterIPs").Index(0);
            context.Add(FieldError.Invalid(path, now, now.Length == 0 ? "primary clusterIP can not be unset" : "may not change once set"));
        }
    }

    private static void CheckType(ObjectValue spec, string type, bool headless, CheckContext context)
    {
        if (headless && type is "LoadBalancer" or "NodePort")
        {
            var path = context.At("clusterIPs").Index(0);
            context.Add(FieldError.Invalid(path, "None", $"may not be set to 'None' for {type} services"));
        }

        if (type == "ExternalName")
            CheckExternalName(spec, context);
    }

    private static void CheckExternalName(ObjectValue spec, CheckContext context)
    {
        foreach (var name in new[] { "clusterIPs", "ipFamilies", "ipFamilyPolicy" })
        {
            if (!spec[name].IsZero())
                context.Forbidden(name, "may not be set for ExternalName services");
        }

        var host = spec.GetString("externalName") ?? "";
        host = host.EndsWith('.') ? host[..^1] : host;
        if (host.Length == 0)
            context.Required("externalName");
        else if (NameRules.DnsSubdomain(host) is { Count: > 0 } messages)
            context.AddInvalid(context.At("externalName"), host, messages);
    }

    private static void CheckAffinity(ObjectValue spec, CheckContext context)
    {
        var config = spec.GetObject("sessionAffinityConfig");
        if (spec.GetString("sessionAffinity") == "None" && config is not null)
        {
            context.Forbidden("sessionAffinityConfig", "must not be set when session affinity is None");
        }
        else if (config?.GetObject("clientIP")?["timeoutSeconds"]?.AsInt64() is { } seconds and (<= 0 or > MaximumAffinitySeconds))
        {
            var path = context.At("sessionAffinityConfig").Child("clientIP", "timeoutSeconds");
            context.Add(FieldError.Invalid(path, seconds, $"must be greater than 0 and less than {MaximumAffinitySeconds}"));
        }
    }

    private static void CheckPolicies(ObjectValue spec, string type, CheckContext context)
    {
        var external = type is "LoadBalancer" or "NodePort" || (type == "ClusterIP" && !spec["externalIPs"].IsZero());
        if (!external && spec.GetString("externalTrafficPolicy") is { Length: > 0 } policy)
        {
            const string Message = "may only be set for externally-accessible services";
            context.Invalid("externalTrafficPolicy", policy, Message);
        }

        if (type != "LoadBalancer")
            CheckLoadBalancerOnly(spec, context);
        if (!spec["healthCheckNodePort"].IsZero() && (type != "LoadBalancer" || spec.GetString("externalTrafficPolicy") != "Local"))
        {
            const string Message = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
            context.Invalid("healthCheckNodePort", spec["healthCheckNodePort"], Message);
        }
    }

    private static void CheckLoadBalancerOnly(ObjectValue spec, CheckContext context)
    {
        foreach (var name in new[] { "allocateLoadBalancerNodePorts", "loadBalancerClass" })
        {
            if (!spec[name].IsAbsent())
                context.Forbidden(name, "may only be used when `type` is 'LoadBalancer'");
        }

        if (!spec["loadBalancerSourceRanges"].IsZero())
            context.Forbidden("loadBalancerSourceRanges", "may only be used when `type` is 'LoadBalancer'");
    }
}
