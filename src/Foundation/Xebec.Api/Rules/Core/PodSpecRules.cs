using Xebec.Api.Rules.Meta;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>What pods and pod templates have in common.</summary>
internal static class PodSpecRules
{
    private static readonly string[] Systems = ["linux", "windows"];

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
        PodLevelResourceRules.Check(spec, context);
        ResourceRequirementsRules.CheckOverhead(spec, context);
        if (spec.GetObject("nodeSelector") is { Count: > 0 } labels)
            LabelSelectorRules.CheckLabels(labels, "nodeSelector", context);
        SpreadRules.CheckPairs(spec.GetList("topologySpreadConstraints"), context);
        PodHostRules.Check(spec, context);
        PodSysctlRules.Check(spec, context);
        WindowsPodRules.CheckHostProcess(spec, context);
        FileKeyRules.CheckVolumes(spec, context);
        CheckGates(spec.GetList("schedulingGates"), context);
        CheckSystem(spec, context);
    }

    // Upstream's paths name the gate, not its name.
    private static void CheckGates(ListValue? gates, CheckContext context)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < (gates?.Count ?? 0); i++)
        {
            var name = gates![i].AsObject()?.GetString("name") ?? "";
            if (ApiMachinery.Names.NameRules.QualifiedName(name) is { Count: > 0 } messages)
                context.AddInvalid(context.At("schedulingGates").Index(i), name, messages);
            if (!seen.Add(name))
                context.Add(FieldError.Duplicate(context.At("schedulingGates").Index(i), name));
        }
    }

    private static void CheckSystem(ObjectValue spec, CheckContext context)
    {
        if (spec.GetObject("os") is not { } os)
            return;
        var name = os.GetString("name") ?? "";
        if (name.Length == 0)
            context.Add(FieldError.Required(context.At("os").Child("name")));
        else if (Array.IndexOf(Systems, name) < 0)
            context.NotSupported("os", name, Systems);
        else
            PodOsRules.Check(spec, name, context);
    }
}
