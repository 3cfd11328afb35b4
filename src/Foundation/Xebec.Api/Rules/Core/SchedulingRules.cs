using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Tolerations, node selectors and spreading: what decides where a pod runs.</summary>
internal static class SchedulingRules
{
    public static void CheckToleration(ObjectValue toleration, CheckContext context)
    {
        var (key, operation) = (toleration.GetString("key") ?? "", toleration.GetString("operator") ?? "");
        if (key.Length == 0 && operation != "Exists")
        {
            const string Message = "operator must be Exists when `key` is empty, which means \"match all values and all keys\"";
            context.Invalid("operator", operation, Message);
        }

        if (!toleration["tolerationSeconds"].IsAbsent() && toleration.GetString("effect") != "NoExecute")
        {
            const string Message = "effect must be 'NoExecute' when `tolerationSeconds` is set";
            context.Invalid("effect", toleration["effect"] ?? "", Message);
        }

        CheckOperator(toleration, operation, context);
    }

    private static void CheckOperator(ObjectValue toleration, string operation, CheckContext context)
    {
        var value = toleration.GetString("value") ?? "";
        switch (operation)
        {
            case "" or "Equal":
                if (NameRules.LabelValue(value) is { Count: > 0 } messages)
                    context.Invalid("operator", value, string.Join(";", messages));
                break;
            case "Exists" when value.Length > 0:
                context.Invalid("operator", toleration, "value must be empty when `operator` is 'Exists'");
                break;
            case "Exists":
                break;
            default:
                context.NotSupported("operator", operation, ["Equal", "Exists"]);
                break;
        }
    }

    public static void CheckNodeRequirement(ObjectValue requirement, CheckContext context)
    {
        var count = requirement.GetList("values")?.Count ?? 0;
        switch (requirement.GetString("operator"))
        {
            case "In" or "NotIn" when count == 0:
                context.Required("values", "must be specified when `operator` is 'In' or 'NotIn'");
                break;
            case "Exists" or "DoesNotExist" when count > 0:
                context.Forbidden("values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                break;
            case "Gt" or "Lt" when count != 1:
                context.Required("values", "must be specified single value when `operator` is 'Lt' or 'Gt'");
                break;
            case "In" or "NotIn" or "Exists" or "DoesNotExist" or "Gt" or "Lt":
                break;
            default:
                context.Invalid("operator", requirement["operator"] ?? "", "not a valid selector operator");
                break;
        }
    }

    public static void CheckSpread(ObjectValue constraint, CheckContext context)
    {
        var action = constraint.GetString("whenUnsatisfiable");
        if (constraint["minDomains"]?.AsInt64() is { } domains && action != "DoNotSchedule")
        {
            var message = $"can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {action}";
            context.Invalid("minDomains", domains, message);
        }
    }

    public static void CheckPreferredWeight(ObjectValue term, CheckContext context)
    {
        if (term["weight"]?.AsInt64() is null or < 1 or > 100)
            context.Invalid("weight", term["weight"] ?? 0L, "must be in the range 1-100");
    }
}
