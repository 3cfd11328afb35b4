using Xebec.Api.Rules.Meta;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>What pods and pod templates have in common.</summary>
internal static class PodSpecRules
{
    // serviceAccount is the deprecated name of serviceAccountName; both are always written.
    public static void Default(ObjectValue spec)
    {
        if (spec.GetString("serviceAccountName") is { Length: > 0 } name)
            spec["serviceAccount"] = name;
        else if (spec.GetString("serviceAccount") is { Length: > 0 } old)
            spec["serviceAccountName"] = old;
    }

    public static void Check(ObjectValue spec, CheckContext context)
    {
        PodContainerRules.Check(spec, context);
        PodPortRules.Check(spec, context);
        PodDnsRules.Check(spec, context);
        if (spec.GetObject("nodeSelector") is { Count: > 0 } labels)
            LabelSelectorRules.CheckLabels(labels, "nodeSelector", context);
        CheckSpread(spec.GetList("topologySpreadConstraints"), context);
        CheckHost(spec, context);
        PodOsRules.Check(spec, context);
    }

    private static void CheckSpread(ListValue? constraints, CheckContext context)
    {
        for (var i = 1; i < (constraints?.Count ?? 0); i++)
        {
            if (Pair(constraints![i]) is { } pair && constraints.Take(i).Any(c => Pair(c) == pair))
            {
                var path = context.At("topologySpreadConstraints").Index(i).Child("{topologyKey, whenUnsatisfiable}");
                context.Add(FieldError.Duplicate(path, pair));
            }
        }
    }

    private static string? Pair(Value constraint) => constraint is ObjectValue c
        ? $"{{{c.GetString("topologyKey")}, {c.GetString("whenUnsatisfiable")}}}"
        : null;

    private static void CheckHost(ObjectValue spec, CheckContext context)
    {
        if (spec["hostPID"]?.AsBool() == true && spec["shareProcessNamespace"]?.AsBool() == true)
        {
            const string Message = "ShareProcessNamespace and HostPID cannot both be enabled";
            context.Invalid("shareProcessNamespace", true, Message);
        }

        if (spec["hostUsers"]?.AsBool() != false)
            return;
        foreach (var name in new[] { "hostNetwork", "hostPID", "hostIPC" })
        {
            if (spec[name]?.AsBool() == true)
                context.Forbidden(name, "when `hostUsers` is false");
        }
    }
}
