using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Autoscaling;

/// <summary>HorizontalPodAutoscalers: a behavior that is given at all is filled in for both directions.</summary>
internal static class HorizontalPodAutoscalerRules
{
    private const string Up = """
        {"stabilizationWindowSeconds":0,"selectPolicy":"Max",
         "policies":[{"type":"Pods","value":4,"periodSeconds":15},{"type":"Percent","value":100,"periodSeconds":15}]}
        """;

    private const string Down = """{"selectPolicy":"Max","policies":[{"type":"Percent","value":100,"periodSeconds":15}]}""";

    private const long LongestWindowSeconds = 3600;
    private const long LongestPeriodSeconds = 1800;

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

    /// <summary>Version 1's percentage is the first metric of what is stored, and an error says so.</summary>
    public static void CheckV1(ObjectValue spec, CheckContext context)
    {
        Check(spec, context);
        if (spec["targetCPUUtilizationPercentage"]?.AsInt64() is { } percent and < 1)
        {
            var path = context.At("metrics").Index(0).Child("resource", "target", "averageUtilization");
            context.Add(FieldError.Invalid(path, percent, "must be greater than 0"));
        }
    }

    public static void CheckScalingRules(ObjectValue rules, CheckContext context)
    {
        if (rules["stabilizationWindowSeconds"]?.AsInt64() is { } seconds)
        {
            if (seconds < 0)
                context.Invalid("stabilizationWindowSeconds", seconds, "must be greater than or equal to zero");
            else if (seconds > LongestWindowSeconds)
                context.Invalid("stabilizationWindowSeconds", seconds, $"must be less than or equal to {LongestWindowSeconds}");
        }

        if (Quantity.TryParse(rules.GetString("tolerance") ?? "", out var tolerance) && tolerance.Value < 0)
            context.Invalid("tolerance", rules["tolerance"], "must be greater than or equal to 0");
    }

    public static void CheckPolicy(ObjectValue policy, CheckContext context)
    {
        if (policy["periodSeconds"]?.AsInt64() is { } seconds and > LongestPeriodSeconds)
            context.Invalid("periodSeconds", seconds, $"must be less than or equal to {LongestPeriodSeconds}");
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
