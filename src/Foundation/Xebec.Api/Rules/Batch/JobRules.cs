using Xebec.Api.Rules.Meta;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Batch;

/// <summary>Jobs. A CronJob's template is not defaulted as a job until a job is made from it.</summary>
internal static class JobRules
{
    private const int ManagerMaximumBytes = 63;

    public static void Default(ObjectValue job)
    {
        var spec = job.GetOrAddObject("spec");
        if (spec["completions"].IsAbsent() && spec["parallelism"].IsAbsent())
            spec["completions"] = 1L;
        if (spec["parallelism"].IsAbsent())
            spec["parallelism"] = 1L;
        if (spec["backoffLimit"].IsAbsent())
            spec["backoffLimit"] = spec["backoffLimitPerIndex"].IsAbsent() ? 6L : int.MaxValue;
        if (spec["podReplacementPolicy"].IsAbsent())
            spec["podReplacementPolicy"] = spec["podFailurePolicy"].IsAbsent() ? "TerminatingOrFailed" : "Failed";
        DefaultLabels(job, spec);
    }

    /// <summary>The spec, of a job and of a CronJob's template.</summary>
    public static void Check(ObjectValue spec, CheckContext context)
    {
        CheckRestarts(spec, context);
        JobIndexRules.Check(spec, context);
        PodFailurePolicyRules.Check(spec, context);
        SuccessPolicyRules.Check(spec, context);
        if (spec.GetString("managedBy") is { } manager)
        {
            DomainRules.CheckPath(context.At("managedBy"), manager, context);
            if (manager.Length > ManagerMaximumBytes)
                context.Add(FieldError.TooLong(context.At("managedBy"), ManagerMaximumBytes));
        }

        if (spec.GetString("podReplacementPolicy") is { } policy)
            CheckReplacement(policy, !spec["podFailurePolicy"].IsAbsent(), context);
    }

    /// <summary>What holds for a job that stands alone.</summary>
    public static void CheckJob(ObjectValue job, CheckContext context)
    {
        var spec = job.GetObject("spec") ?? [];
        var labels = spec.GetObject("template")?.GetObject("metadata")?.GetObject("labels");
        if (spec.GetObject("selector") is { } selector && !LabelSelectorRules.Matches(selector, labels))
        {
            var path = context.At("spec").Child("template", "metadata", "labels");
            context.Add(FieldError.Invalid(path, labels ?? (Value?)null, "`selector` does not match template `labels`"));
        }
    }

    /// <summary>Pods of an indexed job are hosts by its name; one that has them may grow.</summary>
    public static void CheckCreate(ObjectValue job, CheckContext context)
    {
        var spec = job.GetObject("spec") ?? [];
        if (spec.GetString("completionMode") == "Indexed" && spec["completions"]?.AsInt64() is { } completions and > 0)
            CheckHostname(job.GetObject("metadata")?.GetString("name") ?? "", completions, context);
    }

    private static void CheckHostname(string name, long completions, CheckContext context)
    {
        var hostname = $"{name}-{completions - 1}";
        if (NameRules.DnsLabel(hostname).Count > 0)
        {
            var message = $"will not able to create pod with invalid DNS label: {hostname}";
            context.Add(FieldError.Invalid(context.At("metadata").Child("name"), name, message));
        }
    }

    private static void CheckRestarts(ObjectValue spec, CheckContext context)
    {
        var policy = spec.GetObject("template")?.GetObject("spec")?.GetString("restartPolicy") ?? "";
        if (policy is "OnFailure" or "Never" && (policy == "Never" || spec["podFailurePolicy"].IsAbsent()))
            return;
        var path = context.At("template").Child("spec", "restartPolicy");
        context.Add(policy switch
        {
            "" or "Always" => FieldError.Required(path, "valid values: \"OnFailure\", \"Never\""),
            "OnFailure" => FieldError.Invalid(path, policy, "only \"Never\" is supported when podFailurePolicy is specified"),
            _ => FieldError.NotSupported(path, policy, ["OnFailure", "Never"]),
        });
    }

    private static void CheckReplacement(string policy, bool hasFailurePolicy, CheckContext context)
    {
        if (hasFailurePolicy && policy != "Failed")
            context.NotSupported("podReplacementPolicy", policy, ["Failed"]);
        else if (policy is not ("Failed" or "TerminatingOrFailed"))
            context.NotSupported("podReplacementPolicy", policy, ["Failed", "TerminatingOrFailed"]);
    }

    private static void DefaultLabels(ObjectValue job, ObjectValue spec)
    {
        var metadata = job.GetOrAddObject("metadata");
        if (metadata["labels"].IsZero() && spec.GetObject("template")?.GetObject("metadata")?.GetObject("labels") is { Count: > 0 } labels)
            metadata["labels"] = labels.DeepClone();
    }
}
