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

    public static void DefaultBehavior(ObjectValue behavior)
    {
        FillIn(behavior.GetOrAddObject("scaleUp"), Up);
        FillIn(behavior.GetOrAddObject("scaleDown"), Down);
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
