using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>How a Service is reached from outside, and by whom. The walk stands on the spec.</summary>
internal static class ServicePolicyRules
{
    private const string BalancedOnly = "may only be used when `type` is 'LoadBalancer'";
    private const string SourceRanges = "service.beta.kubernetes.io/load-balancer-source-ranges";
    private static readonly string[] Policies = ["Cluster", "Local"];

    public static void Check(ObjectValue spec, string type, CheckContext context)
    {
        CheckExternalAddresses(spec.GetList("externalIPs"), context);
        CheckSources(spec.GetList("loadBalancerSourceRanges"), type, context);
        CheckBalancer(spec, type, context);
        CheckTraffic(spec, type, context);
        CheckHealth(spec, context);
    }

    /// <summary>A balancer that only sends to nodes with endpoints asks which those are.</summary>
    public static bool NeedsHealthCheck(ObjectValue spec) =>
        spec.GetString("type") == "LoadBalancer" && spec.GetString("externalTrafficPolicy") == "Local";

    /// <summary>The annotation that came before spec.loadBalancerSourceRanges. The walk stands on the metadata.</summary>
    public static void CheckAnnotatedSources(ObjectValue annotations, ObjectValue spec, CheckContext context)
    {
        if (!spec["loadBalancerSourceRanges"].IsZero() || annotations.GetString(SourceRanges) is not { } text)
            return;
        if (spec.GetString("type") != "LoadBalancer")
            context.Add(FieldError.Forbidden(context.At("annotations").Key(SourceRanges), BalancedOnly));
        foreach (var part in text.Trim().Length == 0 ? [] : text.Split(','))
        {
            if (AddressRules.Cidr(part.Trim()) is { Count: > 0 } messages)
                context.AddInvalid(context.At("annotations").Key(SourceRanges), part.Trim(), messages);
        }
    }

    private static void CheckExternalAddresses(ListValue? addresses, CheckContext context)
    {
        for (var i = 0; i < (addresses?.Count ?? 0); i++)
        {
            var text = addresses![i].AsString() ?? "";
            if (AddressRules.Ip(text) is { Count: > 0 } messages)
                context.AddInvalid(context.At("externalIPs").Index(i), text, messages);
            else if (AddressFamilies.Objection(text) is { } objection)
                context.AddInvalid(context.At("externalIPs").Index(i), text, [objection]);
        }
    }

    // Upstream's paths spell the field with a capital, and blanks around a range are let pass.
    private static void CheckSources(ListValue? ranges, string type, CheckContext context)
    {
        if (ranges is not { Count: > 0 })
            return;
        if (type != "LoadBalancer")
            context.Forbidden("LoadBalancerSourceRanges", BalancedOnly);
        for (var i = 0; i < ranges.Count; i++)
        {
            var text = ranges[i].AsString()?.Trim() ?? "";
            if (AddressRules.Cidr(text) is { Count: > 0 } messages)
                context.AddInvalid(context.At("LoadBalancerSourceRanges").Index(i), text, messages);
        }
    }

    private static void CheckBalancer(ObjectValue spec, string type, CheckContext context)
    {
        if (type != "LoadBalancer")
        {
            foreach (var name in new[] { "allocateLoadBalancerNodePorts", "loadBalancerClass" })
            {
                if (!spec[name].IsAbsent())
                    context.Forbidden(name, BalancedOnly);
            }
        }
        else if (spec.GetString("loadBalancerClass") is { } name)
            context.CheckText("loadBalancerClass", name, NameRules.QualifiedName(name));
    }

    private static void CheckTraffic(ObjectValue spec, string type, CheckContext context)
    {
        var external = type is "LoadBalancer" or "NodePort" || (type == "ClusterIP" && !spec["externalIPs"].IsZero());
        var policy = spec.GetString("externalTrafficPolicy") ?? "";
        if (!external && policy.Length > 0)
            context.Invalid("externalTrafficPolicy", policy, "may only be set for externally-accessible services");
        else if (external && policy.Length == 0)
            context.Required("externalTrafficPolicy");
        else if (external && Array.IndexOf(Policies, policy) < 0)
            context.NotSupported("externalTrafficPolicy", policy, Policies);
    }

    private static void CheckHealth(ObjectValue spec, CheckContext context)
    {
        var port = spec["healthCheckNodePort"]?.AsInt64() ?? 0;
        if (port == 0)
            return;
        if (!NeedsHealthCheck(spec))
        {
            const string Message = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
            context.Invalid("healthCheckNodePort", port, Message);
        }
        else if (PortRules.Number(port) is { Count: > 0 } messages)
            context.AddInvalid(context.At("healthCheckNodePort"), port, messages);
    }
}
