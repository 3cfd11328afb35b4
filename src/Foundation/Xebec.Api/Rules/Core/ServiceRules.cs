using Xebec.Api.Rules.Meta;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Services: the rules of the spec; defaults, ports, addresses and policies are beside it.</summary>
internal static class ServiceRules
{
    private const int MaximumAffinitySeconds = 86400;
    private const string Hints = "service.kubernetes.io/topology-aware-hints";
    private const string Mode = "service.kubernetes.io/topology-mode";

    public static void Check(ObjectValue spec, CheckContext context)
    {
        var type = spec.GetString("type") ?? "";
        var headless = IsHeadless(spec);
        if (spec["ports"].IsZero() && !headless && type != "ExternalName")
            context.Required("ports");
        if (headless && type is "LoadBalancer" or "NodePort")
            context.AddInvalid(context.At("clusterIPs").Index(0), "None", [$"may not be set to 'None' for {type} services"]);
        if (type == "ExternalName")
            CheckExternalName(spec, context);
        else
            ServiceAddressRules.Check(spec, headless, context);
        ServicePortRules.Check(spec, type, context);
        if (spec.GetObject("selector") is { Count: > 0 } selector)
            LabelSelectorRules.CheckLabels(selector, "selector", context);
        CheckAffinity(spec, context);
        ServicePolicyRules.Check(spec, type, context);
    }

    /// <summary>What annotations of a Service say; the walk stands on the Service.</summary>
    public static void CheckAnnotations(ObjectValue service, CheckContext context)
    {
        if (service.GetObject("metadata")?.GetObject("annotations") is not { } annotations)
            return;
        context.Enter("metadata");
        if (annotations.GetString(Mode) is { } mode && annotations.GetString(Hints) is { } hints && mode != hints)
        {
            var path = context.At("annotations").Key(Mode);
            context.AddInvalid(path, mode, [$"must match annotations[{Hints}] when both are specified"]);
        }

        ServicePolicyRules.CheckAnnotatedSources(annotations, service.GetObject("spec") ?? [], context);
        context.Leave();
    }

    public static void CheckUpdate(ObjectValue updated, ObjectValue stored, string subresource, CheckContext context)
    {
        if (updated.GetObject("spec") is not { } spec || stored.GetObject("spec") is not { } before)
            return;
        context.Enter("spec");
        if (before.GetString("type") != "ExternalName" && spec.GetString("type") != "ExternalName")
        {
            ServiceAddressRules.CheckUpdate(spec, before, context);
            ServiceAddressRules.CheckFamiliesUpdate(spec, before, context);
        }

        if (IsBalanced(spec) && IsBalanced(before) && !ValueZero.SameOrBothZero(spec["loadBalancerClass"], before["loadBalancerClass"]))
            context.Invalid("loadBalancerClass", spec["loadBalancerClass"] ?? Value.Null, "may not change once set");
        if (ServicePolicyRules.NeedsHealthCheck(spec) && ServicePolicyRules.NeedsHealthCheck(before)
            && !ValueZero.SameOrBothZero(spec["healthCheckNodePort"], before["healthCheckNodePort"]))
            context.Forbidden("healthCheckNodePort", "field is immutable");
        context.Leave();
    }

    /// <summary>Without an address of its own.</summary>
    public static bool IsHeadless(ObjectValue spec) => spec.GetList("clusterIPs") is { Count: > 0 } addresses
        ? addresses.Count == 1 && addresses[0].AsString() == "None"
        : spec.GetString("clusterIP") == "None";

    private static bool IsBalanced(ObjectValue spec) => spec.GetString("type") == "LoadBalancer";

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
        else
            context.CheckText("externalName", host, NameRules.DnsSubdomain(host));
    }

    private static void CheckAffinity(ObjectValue spec, CheckContext context)
    {
        const string Needed = "when session affinity type is ClientIP";
        var config = spec.GetObject("sessionAffinityConfig");
        var affinity = spec.GetString("sessionAffinity");
        var path = config is null ? null : context.At("sessionAffinityConfig").Child("clientIP");
        if (affinity == "None" && config is not null)
            context.Forbidden("sessionAffinityConfig", "must not be set when session affinity is None");
        if (affinity != "ClientIP")
            return;
        if (config is null)
            context.Required("sessionAffinityConfig", Needed);
        else if (config.GetObject("clientIP") is not { } client)
            context.Add(FieldError.Required(path!, Needed));
        else if (client["timeoutSeconds"]?.AsInt64() is not { } seconds)
            context.Add(FieldError.Required(path!.Child("timeoutSeconds"), Needed));
        else if (seconds is <= 0 or > MaximumAffinitySeconds)
            context.AddInvalid(path!.Child("timeoutSeconds"), seconds, [$"must be greater than 0 and less than {MaximumAffinitySeconds}"]);
    }
}
