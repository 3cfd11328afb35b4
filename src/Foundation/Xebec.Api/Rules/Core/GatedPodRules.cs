using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>
/// A pod that is gated may be told more exactly where to run, not elsewhere (KEP-3838). What passes is set back to what it was in the
/// updated spec, where the walk stands.
/// </summary>
internal static class GatedPodRules
{
    public static void Check(ObjectValue spec, ObjectValue before, CheckContext context)
    {
        CheckSelector(spec.GetObject("nodeSelector") ?? [], before.GetObject("nodeSelector") ?? [], context);
        spec["nodeSelector"] = before["nodeSelector"];
        var (now, old) = (spec.GetObject("affinity")?.GetObject("nodeAffinity"), before.GetObject("affinity")?.GetObject("nodeAffinity"));
        if (ValueZero.SameOrBothZero(now, old))
            return;
        CheckTerms(Terms(now), Terms(old), context);
        SetBack(spec, before["affinity"], old);
    }

    private static void CheckSelector(ObjectValue selector, ObjectValue before, CheckContext context)
    {
        foreach (var (key, value) in before)
        {
            if (value.DeepEquals(selector[key]))
                continue;
            const string Message = "only additions to spec.nodeSelector are allowed (no mutations or deletions)";
            context.Invalid("nodeSelector", selector.Count == 0 ? null : selector, Message);
            return;
        }
    }

    private static void CheckTerms(ListValue? terms, ListValue? before, CheckContext context)
    {
        if (before is not { Count: > 0 })
            return;
        const string Required = "requiredDuringSchedulingIgnoredDuringExecution";
        if (before.Count != terms?.Count)
        {
            var path = context.At("affinity").Child("nodeAffinity", Required, "nodeSelectorTerms");
            context.Add(FieldError.Invalid(path, terms, "no additions/deletions to non-empty NodeSelectorTerms list are allowed"));
            return;
        }

        for (var i = 0; i < before.Count; i++)
        {
            if (OnlyAdds(terms[i].AsObject() ?? [], before[i].AsObject() ?? []))
                continue;
            var path = context.At("affinity").Child("nodeAffinity", Required, "nodeSelectorTerms").Index(i);
            context.Add(FieldError.Invalid(path, terms[i], "only additions are allowed (no mutations or deletions)"));
        }
    }

    // An empty term matches nothing: a requirement would make it match something.
    private static bool OnlyAdds(ObjectValue term, ObjectValue before)
    {
        var (expressions, fields) = (before.GetList("matchExpressions"), before.GetList("matchFields"));
        if (expressions.IsZero() && fields.IsZero() && (!term["matchExpressions"].IsZero() || !term["matchFields"].IsZero()))
            return false;
        return StartsWith(term.GetList("matchExpressions"), expressions) && StartsWith(term.GetList("matchFields"), fields);
    }

    private static bool StartsWith(ListValue? list, ListValue? start)
    {
        for (var i = 0; i < (start?.Count ?? 0); i++)
        {
            if (i >= (list?.Count ?? 0) || !list![i].DeepEquals(start![i]))
                return false;
        }

        return true;
    }

    private static void SetBack(ObjectValue spec, Value? affinity, ObjectValue? old)
    {
        var now = spec.GetObject("affinity");
        if (now is null || (affinity.IsAbsent() && now["podAffinity"].IsAbsent() && now["podAntiAffinity"].IsAbsent()))
            spec["affinity"] = old is null ? null : new ObjectValue { { "nodeAffinity", old } };
        else
            now["nodeAffinity"] = old;
    }

    private static ListValue? Terms(ObjectValue? affinity) =>
        affinity?.GetObject("requiredDuringSchedulingIgnoredDuringExecution")?.GetList("nodeSelectorTerms");
}
