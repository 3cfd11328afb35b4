using Xebec.Api.Rules.Core;
using Xebec.Api.Rules.Meta;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Apps;

/// <summary>StatefulSets.</summary>
internal static class StatefulSetRules
{
    public static void Default(ObjectValue set)
    {
        var spec = set.GetOrAddObject("spec");
        DefaultStrategy(spec.GetOrAddObject("updateStrategy"));
        foreach (var item in spec.GetList("volumeClaimTemplates") ?? [])
        {
            if (item is ObjectValue claim)
                DefaultType(claim);
        }
    }

    // Only an update strategy that was left out gets rolling parameters; RollingUpdate alone does not.
    private static void DefaultStrategy(ObjectValue strategy)
    {
        if (strategy["type"].IsZero())
        {
            strategy["type"] = "RollingUpdate";
            strategy.GetOrAddObject("rollingUpdate");
        }

        var rolling = strategy.GetString("type") == "RollingUpdate" ? strategy.GetObject("rollingUpdate") : null;
        if (rolling?["partition"].IsAbsent() == true)
            rolling["partition"] = 0L;
    }

    // Server-side apply needs the claims of a set to be typed objects.
    private static void DefaultType(ObjectValue claim)
    {
        if (claim["apiVersion"].IsZero())
            claim["apiVersion"] = "v1";
        if (claim["kind"].IsZero())
            claim["kind"] = "PersistentVolumeClaim";
    }

    private static readonly string[] Mutable =
    [
        "replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit",
        "persistentVolumeClaimRetentionPolicy", "minReadySeconds",
    ];

    public static void Check(ObjectValue spec, CheckContext context)
    {
        LabelSelectorRules.CheckOwnTemplate(spec, "statefulset", context);
        PodTemplateRules.CheckRunsForever(spec, "StatefulSet", context);
        if (spec.GetString("podManagementPolicy") is not ("OrderedReady" or "Parallel") and { } policy)
            context.Invalid("podManagementPolicy", policy, "must be 'OrderedReady' or 'Parallel'");
    }

    public static void CheckStrategy(ObjectValue strategy, CheckContext context)
    {
        if (strategy.GetString("type") is not ("RollingUpdate" or "OnDelete"))
            context.Add(FieldError.Invalid(context.Here, strategy, "must be 'RollingUpdate' or 'OnDelete'"));
        else if (strategy.GetString("type") == "OnDelete" && !strategy["rollingUpdate"].IsAbsent())
            context.Invalid("rollingUpdate", strategy["rollingUpdate"], "only allowed for updateStrategy 'RollingUpdate'");
    }

    public static void CheckRollingUpdate(ObjectValue rolling, CheckContext context)
    {
        if (rolling["maxUnavailable"].IsAbsent())
            return;
        IntOrPercent.Check(rolling, "maxUnavailable", context);
        if (IntOrPercent.Amount(rolling["maxUnavailable"]) == 0)
            context.Invalid("maxUnavailable", rolling["maxUnavailable"], "cannot be 0");
        IntOrPercent.CheckAtMostAll(rolling, "maxUnavailable", context);
    }

    public static void CheckUpdate(ObjectValue updated, ObjectValue stored, string subresource, CheckContext context)
    {
        if (updated.GetObject("spec") is not { } spec || stored.GetObject("spec") is not { } before)
            return;
        var rest = (ObjectValue)spec.DeepClone();
        foreach (var name in Mutable)
            rest[name] = before[name];
        if (!rest.DeepEquals(before))
        {
            const string Message = "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', "
                + "'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";
            context.Add(FieldError.Forbidden(FieldPath.Root("spec"), Message));
        }
    }
}
