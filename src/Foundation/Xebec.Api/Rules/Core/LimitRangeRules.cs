using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>LimitRange: what a limit for containers leaves out follows from the rest of it, and all of it must be in order.</summary>
internal static class LimitRangeRules
{
    private static readonly string[] Lists = ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"];

    // Which list must not exceed which, where the error is and which amount it shows.
    private static readonly (string Field, string Shown, string Low, string LowName, string High, string HighName)[] Orders =
    [
        ("min", "min", "min", "min value", "max", "max value"),
        ("defaultRequest", "defaultRequest", "min", "min value", "defaultRequest", "default request value"),
        ("defaultRequest", "defaultRequest", "defaultRequest", "default request value", "max", "max value"),
        ("defaultRequest", "defaultRequest", "defaultRequest", "default request value", "default", "default limit value"),
        ("default", "min", "min", "min value", "default", "default value"),
        ("default", "max", "default", "default value", "max", "max value"),
    ];

    public static void Default(ObjectValue limit)
    {
        if (limit.GetString("type") != "Container")
            return;
        FillIn(limit, "default", "max");
        FillIn(limit, "defaultRequest", "default");
        FillIn(limit, "defaultRequest", "min");
    }

    public static void Check(ObjectValue limit, CheckContext context)
    {
        var type = limit.GetString("type") ?? "";
        CheckType(type, context);
        foreach (var list in Lists)
            CheckNames(limit, list, type, context);
        if (type == "PersistentVolumeClaim" && limit.GetObject("min")?["storage"] is null && limit.GetObject("max")?["storage"] is null)
            context.Required("limits", "either minimum or maximum storage value is required, but neither was provided");
        foreach (var order in Orders)
        {
            // A pod's limits have no defaults, which is said of them already.
            if (type != "Pod" || order.Field == "min")
                CheckOrder(limit, order, context);
        }

        LimitRatioRules.Check(limit, context);
    }

    private static void CheckType(string type, CheckContext context)
    {
        if (NameRules.QualifiedName(type) is { Count: > 0 } messages)
            context.AddInvalid(context.At("type"), type, messages);
        else if (!type.Contains('/', StringComparison.Ordinal) && type is not ("Pod" or "Container" or "PersistentVolumeClaim"))
            context.Invalid("type", type, "must be a standard limit type or fully qualified");
    }

    private static void CheckNames(ObjectValue limit, string list, string type, CheckContext context)
    {
        if (type == "Pod" && list is "default" or "defaultRequest")
        {
            if (!limit[list].IsZero())
                context.Forbidden(list, "may not be specified when `type` is 'Pod'");
            return;
        }

        foreach (var (name, _) in limit.GetObject(list) ?? [])
        {
            if (type is "Pod" or "Container")
                ResourceNameRules.CheckOfContainer(name, list, context);
            else
                ResourceNameRules.CheckAny(name, list, context);
        }
    }

    private static void CheckOrder(
        ObjectValue limit, (string Field, string Shown, string Low, string LowName, string High, string HighName) order, CheckContext context)
    {
        var highs = limit.GetObject(order.High);
        foreach (var (name, value) in limit.GetObject(order.Low) ?? [])
        {
            if (!Quantity.TryParse(value.AsString() ?? "", out var low) || !Quantity.TryParse(highs?.GetString(name) ?? "", out var high))
                continue;
            if (low > high)
            {
                var message = $"{order.LowName} {low} is greater than {order.HighName} {high}";
                context.Add(FieldError.Invalid(context.At(order.Field).Key(name), limit.GetObject(order.Shown)?[name], message));
            }
        }
    }

    private static void FillIn(ObjectValue limit, string name, string from)
    {
        if (limit.GetObject(from) is { Count: > 0 } amounts)
            ResourceAmounts.AddMissing(limit.GetOrAddObject(name), amounts);
    }
}
