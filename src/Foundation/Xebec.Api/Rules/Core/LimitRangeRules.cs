using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>LimitRange: what a limit for containers leaves out follows from the rest of it, and all of it must be in order.</summary>
internal static class LimitRangeRules
{
    private static readonly (string Field, string Low, string LowName, string High, string HighName)[] Orders =
    [
        ("min", "min", "min value", "max", "max value"),
        ("defaultRequest", "min", "min value", "defaultRequest", "default request value"),
        ("defaultRequest", "defaultRequest", "default request value", "max", "max value"),
        ("defaultRequest", "defaultRequest", "default request value", "default", "default limit value"),
        ("default", "min", "min value", "default", "default value"),
        ("default", "default", "default value", "max", "max value"),
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
        if (limit.GetString("type") == "Pod")
        {
            foreach (var name in new[] { "default", "defaultRequest" })
            {
                if (!limit[name].IsZero())
                    context.Forbidden(name, "may not be specified when `type` is 'Pod'");
            }
        }

        foreach (var order in Orders)
            CheckOrder(limit, order, context);
    }

    private static void CheckOrder(
        ObjectValue limit, (string Field, string Low, string LowName, string High, string HighName) order, CheckContext context)
    {
        var highs = limit.GetObject(order.High);
        foreach (var (name, value) in limit.GetObject(order.Low) ?? [])
        {
            if (!Quantity.TryParse(value.AsString() ?? "", out var low) || !Quantity.TryParse(highs?.GetString(name) ?? "", out var high))
                continue;
            if (low > high)
            {
                var message = $"{order.LowName} {low} is greater than {order.HighName} {high}";
                context.Add(FieldError.Invalid(context.At(order.Field).Key(name), limit.GetObject(order.Field)?[name], message));
            }
        }
    }

    private static void FillIn(ObjectValue limit, string name, string from)
    {
        if (limit.GetObject(from) is { Count: > 0 } amounts)
            ResourceAmounts.AddMissing(limit.GetOrAddObject(name), amounts);
    }
}
