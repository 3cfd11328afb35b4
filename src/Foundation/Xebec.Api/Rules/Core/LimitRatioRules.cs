using System.Globalization;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>How far limits may be above requests. The walk stands on the limit.</summary>
internal static class LimitRatioRules
{
    public static void Check(ObjectValue limit, CheckContext context)
    {
        foreach (var (name, value) in limit.GetObject("maxLimitRequestRatio") ?? [])
        {
            if (!Quantity.TryParse(value.AsString() ?? "", out var ratio))
                continue;
            if (ratio.Value < 1)
                Add(name, value, $"ratio {ratio} is less than 1", context);
            if (Amount(limit, "min", name) is { Value: > 0 } min && Amount(limit, "max", name) is { } max && ratio.Value > max.Value / min.Value)
            {
                var most = (max.Value / min.Value).ToString("F6", CultureInfo.InvariantCulture);
                Add(name, value, $"ratio {ratio} is greater than max/min = {most}", context);
            }
        }

        foreach (var (name, value) in limit.GetObject("default") ?? [])
            CheckEqual(name, value, limit, context);
    }

    // What cannot be overcommitted is requested as it is limited.
    private static void CheckEqual(string name, Value value, ObjectValue limit, CheckContext context)
    {
        if (limit.GetString("type") == "Pod" || ResourceNames.CanOvercommit(name) || Amount(limit, "defaultRequest", name) is not { } request)
            return;
        if (!Quantity.TryParse(value.AsString() ?? "", out var most) || most == request)
            return;
        var message = $"default value {most} must equal to defaultRequest value {request} in {name}";
        context.Add(FieldError.Invalid(context.At("defaultRequest").Key(name), request.ToString(), message));
    }

    private static void Add(string name, Value value, string message, CheckContext context) =>
        context.Add(FieldError.Invalid(context.At("maxLimitRequestRatio").Key(name), value, message));

    private static Quantity? Amount(ObjectValue limit, string list, string name) =>
        Quantity.TryParse(limit.GetObject(list)?.GetString(name) ?? "", out var amount) ? amount : null;
}
