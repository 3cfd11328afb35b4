using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Autoscaling;

/// <summary>HorizontalPodAutoscalers: a behavior that is given at all is filled in for both directions.</summary>
internal static class HorizontalPodAutoscalerRules
{
    private const string Up = """
        {"stabilizationWindowSeconds":0,"selectPolicy":"Max",
         "policies":[{"type":"Pods","value":4,"periodSeconds":15},{"type":"Percent","value":100,"periodSeconds":15}]}
        """;

    private const string Neither = "must set either a target raw value or a target utilization";

    private const string Down = """{"selectPolicy":"Max","policies":[{"type":"Percent","value":100,"periodSeconds":15}]}""";

    public static void DefaultBehavior(ObjectValue behavior)
    {
        FillIn(behavior.GetOrAddObject("scaleUp"), Up);
        FillIn(behavior.GetOrAddObject("scaleDown"), Down);
    }

    public static void Check(ObjectValue spec, CheckContext context)
    {
        var (minimum, maximum) = (spec["minReplicas"]?.AsInt64(), spec["maxReplicas"]?.AsInt64() ?? 0);
        if (minimum > maximum)
            context.Invalid("maxReplicas", maximum, "must be greater than or equal to `minReplicas`");
    }

    public static void CheckMetric(ObjectValue metric, CheckContext context)
    {
        if (metric.GetString("type") is not { Length: > 0 } type)
            return;
        var source = string.Concat(type[..1].ToLowerInvariant(), type.AsSpan(1));
        if (metric[source].IsAbsent())
            context.Required(source, "must populate information for the given metric source");
        foreach (var (name, value) in metric)
        {
            if (name != source && value is ObjectValue)
                context.Forbidden(name, "must populate the given metric source only");
        }
    }

    public static void CheckResource(ObjectValue source, CheckContext context)
    {
        var target = source.GetObject("target");
        var hasUtilization = target?["averageUtilization"].IsAbsent() == false;
        var hasValue = target?["averageValue"].IsAbsent() == false;
        var path = context.At("target");
        if (hasUtilization && hasValue)
            context.Add(FieldError.Forbidden(path.Child("averageValue"), "may not set both a target raw value and a target utilization"));
        else if (!hasUtilization && !hasValue)
            context.Add(FieldError.Required(path.Child("averageUtilization"), Neither));
        if (target?["averageUtilization"]?.AsInt64() is { } percent and < 1)
            context.Add(FieldError.Invalid(path.Child("averageUtilization"), percent, "must be greater than 0"));
    }

    private static void FillIn(ObjectValue rules, string defaults)
    {
        foreach (var (name, value) in (ObjectValue)Value.Parse(defaults))
        {
            if (rules[name].IsAbsent())
                rules[name] = value;
        }
    }
}
