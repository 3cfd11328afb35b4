using Xebec.Api.Rules.Core;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Autoscaling;

/// <summary>The metrics of a HorizontalPodAutoscaler: one source each, with the targets that suit it.</summary>
internal static class MetricRules
{
    private const string NoTarget = "must set either a target raw value or a target utilization";
    private const string TwoTargets = "may not set both a target raw value and a target utilization";

    private static readonly string[] Sources = ["object", "external", "pods", "resource", "containerResource"];

    public static void Check(ObjectValue metric, CheckContext context)
    {
        if (metric.GetString("type") is not { Length: > 0 } type)
            return;
        var source = string.Concat(type[..1].ToLowerInvariant(), type.AsSpan(1));
        if (Array.IndexOf(Sources, source) >= 0 && metric[source].IsAbsent())
            context.Required(source, "must populate information for the given metric source");
        if (UnionRules.Count(metric, Sources) < 2)
            return;
        foreach (var name in Sources)
        {
            if (name != source && !metric[name].IsAbsent())
                context.Forbidden(name, "must populate the given metric source only");
        }
    }

    public static void CheckTarget(ObjectValue target, CheckContext context)
    {
        if (target.GetString("type") is not ("Utilization" or "Value" or "AverageValue"))
            context.Invalid("type", target["type"] ?? "", "must be either Utilization, Value, or AverageValue");
        foreach (var field in new[] { "value", "averageValue" })
        {
            if (Quantity.TryParse(target.GetString(field) ?? "", out var amount) && amount.Value <= 0)
                context.Invalid(field, target[field], "must be positive");
        }

        if (target["averageUtilization"]?.AsInt64() is { } percent and < 1)
            context.Invalid("averageUtilization", percent, "must be greater than 0");
    }

    public static void CheckResource(ObjectValue source, CheckContext context)
    {
        var (utilization, average) = (Has(source, "averageUtilization"), Has(source, "averageValue"));
        if (!utilization && !average)
            context.Add(FieldError.Required(Target(context, "averageUtilization"), NoTarget));
        else if (utilization && average)
            context.Add(FieldError.Forbidden(Target(context, "averageValue"), TwoTargets));
    }

    public static void CheckObject(ObjectValue source, CheckContext context)
    {
        if (!Has(source, "value") && !Has(source, "averageValue"))
            context.Add(FieldError.Required(Target(context, "averageValue"), "must set either a target value or averageValue"));
    }

    public static void CheckExternal(ObjectValue source, CheckContext context)
    {
        if (!Has(source, "value") && !Has(source, "averageValue"))
            context.Add(FieldError.Required(Target(context, "averageValue"), "must set either a target value for metric or a per-pod target"));
        else if (Has(source, "value") && Has(source, "averageValue"))
            context.Add(FieldError.Forbidden(Target(context, "value"), "may not set both a target value for metric and a per-pod target"));
    }

    public static void CheckPods(ObjectValue source, CheckContext context)
    {
        if (!Has(source, "averageValue"))
            context.Add(FieldError.Required(Target(context, "averageValue"), "must specify a positive target averageValue"));
    }

    private static bool Has(ObjectValue source, string field) => source.GetObject("target")?[field].IsAbsent() == false;

    private static FieldPath Target(CheckContext context, string field) => context.At("target").Child(field);
}
