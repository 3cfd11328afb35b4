using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Selectors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Meta;

/// <summary>Label selectors, wherever they are used.</summary>
internal static class LabelSelectorRules
{
    public static void Check(ObjectValue selector, CheckContext context)
    {
        if (selector.GetObject("matchLabels") is { } labels)
            CheckLabels(labels, "matchLabels", context);
    }

    public static void CheckRequirement(ObjectValue requirement, CheckContext context)
    {
        var values = requirement.GetList("values");
        var count = values?.Count ?? 0;
        for (var i = 0; i < count; i++)
        {
            if (NameRules.LabelValue(values![i].AsString() ?? "") is { Count: > 0 } messages)
                context.AddInvalid(context.At("values").Index(i), values[i], messages);
        }

        switch (requirement.GetString("operator"))
        {
            case "In" or "NotIn" when count == 0:
                context.Required("values", "must be specified when `operator` is 'In' or 'NotIn'");
                break;
            case "Exists" or "DoesNotExist" when count > 0:
                context.Forbidden("values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                break;
            case "In" or "NotIn" or "Exists" or "DoesNotExist":
                break;
            default:
                context.Invalid("operator", requirement["operator"] ?? "", "not a valid selector operator");
                break;
        }
    }

    /// <summary>Checks a map of labels; a valid one makes no path.</summary>
    public static void CheckLabels(ObjectValue labels, string field, CheckContext context)
    {
        foreach (var (key, value) in labels)
        {
            if (NameRules.QualifiedName(key) is { Count: > 0 } keyMessages)
                context.AddInvalid(context.At(field), key, keyMessages);
            if (NameRules.LabelValue(value.AsString() ?? "") is { Count: > 0 } valueMessages)
                context.AddInvalid(context.At(field), value, valueMessages);
        }
    }

    /// <summary>
    /// The selector of a workload: required, not empty, and matching the labels of the template it makes pods from. The walk stands on
    /// the workload's spec.
    /// </summary>
    public static void CheckOwnTemplate(ObjectValue spec, string kind, CheckContext context)
    {
        if (spec.GetObject("selector") is not { } selector)
        {
            context.Required("selector");
            return;
        }

        if (selector["matchLabels"].IsZero() && selector["matchExpressions"].IsZero())
            context.Invalid("selector", selector, $"empty selector is invalid for {kind}");
        var labels = spec.GetObject("template")?.GetObject("metadata")?.GetObject("labels");
        if (!Matches(selector, labels))
        {
            context.Add(FieldError.Invalid(
                context.At("template").Child("metadata", "labels"),
                labels ?? Value.Null,
                "`selector` does not match template `labels`"));
        }
    }

    /// <summary>Whether it matches; a malformed selector is reported by its own rules and matches whatever it likes.</summary>
    public static bool Matches(ObjectValue selector, ObjectValue? labels)
    {
        try
        {
            return LabelSelector.FromTree(selector).Matches(labels);
        }
        catch (FormatException)
        {
            return true;
        }
    }
}
