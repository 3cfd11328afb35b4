using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Batch;

/// <summary>What of a job may change: little but how many pods it runs, unless it is suspended.</summary>
internal static class JobUpdateRules
{
    // What decides where a job's pods run, besides the affinity to nodes.
    private static readonly string[] SchedulingFields = ["nodeSelector", "tolerations", "schedulingGates"];

    public static void Check(ObjectValue updated, ObjectValue stored, string subresource, CheckContext context)
    {
        if (updated.GetObject("spec") is not { } spec || stored.GetObject("spec") is not { } before)
            return;
        var path = FieldPath.Root("spec");
        CheckCompletions(spec, before, path, context);
        if (spec["selector"].IsAbsent() && !before["selector"].IsAbsent())
            context.Add(FieldError.Required(path.Child("selector")));
        if (!SameTemplate(spec, before, stored))
            context.Add(FieldError.Invalid(path.Child("template"), spec["template"], "field is immutable"));
    }

    private static void CheckCompletions(ObjectValue spec, ObjectValue before, FieldPath path, CheckContext context)
    {
        var completions = spec["completions"]?.AsInt64();
        if (completions == before["completions"]?.AsInt64())
            return;
        if (spec.GetString("completionMode") != "Indexed")
            context.Add(FieldError.Invalid(path.Child("completions"), spec["completions"], "field is immutable"));
        else if (completions is not null && completions != spec["parallelism"]?.AsInt64())
            context.Add(FieldError.Invalid(path.Child("completions"), completions.Value, "can only be modified in tandem with spec.parallelism"));
    }

    // A suspended job that runs no pods may be told anew where they are to run, and what they are to have.
    private static bool SameTemplate(ObjectValue spec, ObjectValue before, ObjectValue stored)
    {
        if (ValueZero.SameOrBothZero(spec["template"], before["template"]))
            return true;
        var isIdle = before["suspend"]?.AsBool() == true && stored.GetObject("status")?["active"].IsZero() != false;
        if (!isIdle || spec["template"]?.DeepClone() is not ObjectValue template || before["template"]?.DeepClone() is not ObjectValue old)
            return false;
        foreach (var name in new[] { "labels", "annotations" })
            template.GetOrAddObject("metadata")[name] = old.GetOrAddObject("metadata")[name];
        var (pod, oldPod) = (template.GetOrAddObject("spec"), old.GetOrAddObject("spec"));
        foreach (var name in SchedulingFields)
            pod[name] = oldPod[name];
        DropNodeAffinity(pod);
        DropNodeAffinity(oldPod);
        CopyResources(pod, oldPod, "containers");
        CopyResources(pod, oldPod, "initContainers");
        return template.DeepEquals(old);
    }

    private static void DropNodeAffinity(ObjectValue pod)
    {
        if (pod.GetObject("affinity") is not { } affinity)
            return;
        affinity.Remove("nodeAffinity");
        if (affinity.Count == 0)
            pod.Remove("affinity");
    }

    private static void CopyResources(ObjectValue pod, ObjectValue oldPod, string field)
    {
        var (containers, olds) = (pod.GetList(field) ?? [], oldPod.GetList(field) ?? []);
        for (var i = 0; i < Math.Min(containers.Count, olds.Count); i++)
        {
            if (containers[i] is ObjectValue container && olds[i] is ObjectValue old)
                container["resources"] = old["resources"];
        }
    }
}
