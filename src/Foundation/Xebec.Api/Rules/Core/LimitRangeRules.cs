using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>LimitRange: what a limit for containers leaves out follows from the rest of it.</summary>
internal static class LimitRangeRules
{
    public static void Default(ObjectValue limit)
    {
        if (limit.GetString("type") != "Container")
            return;
        FillIn(limit, "default", "max");
        FillIn(limit, "defaultRequest", "default");
        FillIn(limit, "defaultRequest", "min");
    }

    private static void FillIn(ObjectValue limit, string name, string from)
    {
        if (limit.GetObject(from) is { Count: > 0 } amounts)
            ResourceAmounts.AddMissing(limit.GetOrAddObject(name), amounts);
    }
}
