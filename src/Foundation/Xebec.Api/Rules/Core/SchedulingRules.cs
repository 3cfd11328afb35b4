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
                context.Invalid("operator", value, "value must be empty when `operator` is 'Exists'");
                break;
            case "Exists":
                break;
            case "Lt" or "Gt":
                context.NotSupported("operator", operation, ["Equal", "Exists", "Lt", "Gt"]);
                break;
            default:
                context.NotSupported("operator", operation, ["Equal", "Exists"]);
                break;
        }
    }

    /// <summary>Selects nodes by their labels; a preferred value that no label can have is let pass.</summary>
    public static void CheckNodeRequirement(ObjectValue requirement, bool checkValues, CheckContext context)
    {
        CheckNodeOperator(requirement, context);
        var key = requirement.GetString("key") ?? "";
        context.CheckText("key", key, NameRules.QualifiedName(key));
        var values = requirement.GetList("values");
        for (var i = 0; checkValues && i < (values?.Count ?? 0); i++)
        {
            if (NameRules.LabelValue(values![i].AsString() ?? "") is { Count: > 0 } messages)
                context.AddInvalid(context.At("values").Index(i), values[i], messages);
        }
    }

    /// <summary>Selects nodes by their fields, of which there is one: the name.</summary>
    public static void CheckNodeField(ObjectValue requirement, CheckContext context)
    {
        var values = requirement.GetList("values") ?? [];
        if (requirement.GetString("operator") is not ("In" or "NotIn"))
            context.Invalid("operator", requirement["operator"] ?? "", "not a valid selector operator");
        else if (values.Count != 1)
            context.Required("values", "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
        if (requirement.GetString("key") is var key && key != "metadata.name")
        {
            context.Invalid("key", key ?? "", "not a valid field selector key");
            return;
        }

        for (var i = 0; i < values.Count; i++)
        {
            if (NameRules.DnsSubdomain(values[i].AsString() ?? "") is { Count: > 0 } messages)
                context.AddInvalid(context.At("values").Index(i), values[i], messages);
        }
    }

    /// <summary>The walk stands on the node selector.</summary>
    public static void CheckRequiredTerms(ObjectValue selector, CheckContext context)
    {
        if (selector.GetList("nodeSelectorTerms") is not { Count: > 0 } terms)
        {
            context.Required("nodeSelectorTerms", "must have at least one node selector term");
            return;
        }

        context.Enter("nodeSelectorTerms");
        for (var i = 0; i < terms.Count; i++)
        {
            context.EnterItem(i);
            CheckTerm(terms[i].AsObject() ?? [], checkValues: true, context);
            context.Leave();
        }

        context.Leave();
    }

    private static void CheckTerm(ObjectValue term, bool checkValues, CheckContext context)
    {
        CheckEach(term.GetList("matchExpressions"), "matchExpressions", (r, at) => CheckNodeRequirement(r, checkValues, at), context);
        CheckEach(term.GetList("matchFields"), "matchFields", CheckNodeField, context);
    }

    private static void CheckEach(ListValue? list, string field, Action<ObjectValue, CheckContext> check, CheckContext context)
    {
        context.Enter(field);
        for (var i = 0; i < (list?.Count ?? 0); i++)
        {
            context.EnterItem(i);
            check(list![i].AsObject() ?? [], context);
            context.Leave();
        }

        context.Leave();
    }

    private static void CheckNodeOperator(ObjectValue requirement, CheckContext context)
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

    public static void CheckPreferred(ObjectValue term, CheckContext context)
    {
        CheckPreferredWeight(term, context);
        context.Enter("preference");
        CheckTerm(term.GetObject("preference") ?? [], checkValues: false, context);
        context.Leave();
    }

    public static void CheckPreferredWeight(ObjectValue term, CheckContext context)
    {
        if (term["weight"]?.AsInt64() is null or < 1 or > 100)
            context.Invalid("weight", term["weight"] ?? 0L, "must be in the range 1-100");
    }
}
