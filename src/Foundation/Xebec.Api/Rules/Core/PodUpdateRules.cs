using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>What of a pod may change once it exists: very little, unless a subresource is for it.</summary>
internal static class PodUpdateRules
{
    private const string Mutable = "`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
        + "`spec.tolerations` (only additions to existing tolerations),"
        + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    public static void Check(ObjectValue updated, ObjectValue stored, string subresource, CheckContext context)
    {
        if (updated.GetObject("spec") is not { } spec || stored.GetObject("spec") is not { } before)
            return;
        if (subresource != "resize")
            CheckAnnotations(updated, stored, context);
        context.Enter("spec");
        if (subresource == "ephemeralcontainers")
            EphemeralContainerUpdateRules.Check(spec, stored, context);
        else if (subresource == "resize")
            PodResizeRules.Check(updated, stored, context);
        else if (subresource.Length == 0 && !spec.DeepEquals(before))
            CheckMain(spec, before, context);
        context.Leave();
    }

    /// <summary>The annotations that no write may change.</summary>
    public static void CheckAnnotations(ObjectValue updated, ObjectValue stored, CheckContext context)
    {
        context.Enter("metadata");
        PodAnnotationRules.CheckUpdate(updated, stored, context);
        context.Leave();
    }

    private static void CheckMain(ObjectValue spec, ObjectValue before, CheckContext context)
    {
        if (!SameCount(spec, before, "containers", context) || !SameCount(spec, before, "initContainers", context)
            || !CheckDeadline(spec["activeDeadlineSeconds"]?.AsInt64(), before["activeDeadlineSeconds"]?.AsInt64(), context))
            return;
        CheckTolerations(spec.GetList("tolerations"), before.GetList("tolerations"), context);
        CheckGates(spec.GetList("schedulingGates"), before.GetList("schedulingGates"), context);
        var rest = WithoutMutable(spec, before);
        if (!before["schedulingGates"].IsZero())
            GatedPodRules.Check(rest, before, context);
        if (!Same(rest, before))
            Forbid($"pod updates may not change fields other than {Mutable}", rest, before, context);
    }

    private static bool SameCount(ObjectValue spec, ObjectValue before, string field, CheckContext context)
    {
        if ((spec.GetList(field)?.Count ?? 0) == (before.GetList(field)?.Count ?? 0))
            return true;
        context.Forbidden(field, "pod updates may not add or remove containers");
        return false;
    }

    private static bool CheckDeadline(long? seconds, long? before, CheckContext context)
    {
        if (seconds is < 0 or > int.MaxValue)
        {
            context.Invalid("activeDeadlineSeconds", seconds.Value, PortRules.InRange(0, int.MaxValue));
            return false;
        }

        if (before is null || seconds == before)
            return true;
        if (seconds is null)
            context.Invalid("activeDeadlineSeconds", Value.Null, "must not update from a positive integer to nil value");
        else if (seconds > before)
            context.Invalid("activeDeadlineSeconds", seconds.Value, "must be less than or equal to previous value");
        return seconds is null || seconds < before;
    }

    private static void CheckTolerations(ListValue? tolerations, ListValue? before, CheckContext context)
    {
        foreach (var old in before ?? [])
        {
            if (tolerations?.Any(t => SameButSeconds(t, old)) == true)
                continue;
            const string Message = "existing toleration can not be modified except its tolerationSeconds";
            context.Forbidden("tolerations", Message);
            return;
        }
    }

    private static bool SameButSeconds(Value left, Value right)
    {
        var (a, b) = ((ObjectValue)left.DeepClone(), (ObjectValue)right.DeepClone());
        a.Remove("tolerationSeconds");
        b.Remove("tolerationSeconds");
        return a.DeepEquals(b);
    }

    private static void CheckGates(ListValue? gates, ListValue? before, CheckContext context)
    {
        for (var i = 0; i < (gates?.Count ?? 0); i++)
        {
            var name = gates![i].AsObject()?.GetString("name");
            if (before?.Any(b => b.AsObject()?.GetString("name") == name) == true)
                continue;
            var path = context.At("schedulingGates").Index(i).Child("name");
            context.Add(FieldError.Forbidden(path, $"only deletion is allowed, but found new scheduling gate '{name}'"));
        }
    }

    // The updated spec with everything that may change set back to what it was.
    private static ObjectValue WithoutMutable(ObjectValue spec, ObjectValue before)
    {
        var rest = (ObjectValue)spec.DeepClone();
        CopyOver(rest.GetList("containers"), before.GetList("containers"), "image");
        CopyOver(rest.GetList("initContainers"), before.GetList("initContainers"), "image");
        rest["activeDeadlineSeconds"] = before["activeDeadlineSeconds"];
        rest["tolerations"] = before["tolerations"];
        rest["schedulingGates"] = before["schedulingGates"];
        if (before["terminationGracePeriodSeconds"]?.AsInt64() < 0 && rest["terminationGracePeriodSeconds"]?.AsInt64() == 1)
            rest["terminationGracePeriodSeconds"] = before["terminationGracePeriodSeconds"];
        return rest;
    }

    /// <summary>Equal, where an absent field equals an empty one.</summary>
    public static bool Same(ObjectValue now, ObjectValue before)
    {
        foreach (var (name, value) in now)
        {
            if (!ValueZero.SameOrBothZero(value, before[name]))
                return false;
        }

        foreach (var (name, value) in before)
        {
            if (!now.ContainsKey(name) && !value.IsZero())
                return false;
        }

        return true;
    }

    private static void CopyOver(ListValue? to, ListValue? from, string field)
    {
        for (var i = 0; i < Math.Min(to?.Count ?? 0, from?.Count ?? 0); i++)
        {
            if (to![i] is ObjectValue target && from![i] is ObjectValue source)
                target[field] = source[field];
        }
    }

    private static void Forbid(string message, ObjectValue now, ObjectValue before, CheckContext context) =>
        context.Add(FieldError.Forbidden(context.Here, $"{message}\n{Difference(now, before)}"));

    private static string Difference(ObjectValue now, ObjectValue before)
    {
        var lines = new List<string>();
        foreach (var name in before.Select(m => m.Key).Concat(now.Select(m => m.Key)).Distinct(StringComparer.Ordinal))
        {
            if (ValueZero.SameOrBothZero(now[name], before[name]))
                continue;
            if (before[name] is { } old)
                lines.Add($"- {name}: {old}");
            if (now[name] is { } value)
                lines.Add($"+ {name}: {value}");
        }

        return string.Join('\n', lines);
    }
}
