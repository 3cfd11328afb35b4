using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Resource lists: amounts by resource name.</summary>
internal static class ResourceAmounts
{
    /// <summary>Adds the amounts of resources that the list does not name.</summary>
    public static void AddMissing(ObjectValue list, ObjectValue amounts)
    {
        foreach (var (name, amount) in amounts)
        {
            if (!list.ContainsKey(name))
                list[name] = amount;
        }
    }

    /// <summary>Names that are qualified names, amounts that are not negative, and whole for what is counted.</summary>
    public static void Check(ObjectValue? list, string field, CheckContext context)
    {
        foreach (var (name, amount) in list ?? [])
        {
            if (NameRules.QualifiedName(name) is { Count: > 0 } messages)
                context.AddInvalid(context.At(field).Key(name), name, messages);
            CheckAmount(name, amount, field, context);
        }
    }

    /// <summary>An amount that is not negative, and whole for what is counted.</summary>
    public static void CheckAmount(string name, Value amount, string field, CheckContext context)
    {
        if (!Quantity.TryParse(amount.AsString() ?? "", out var quantity))
            return;
        if (quantity.Value < 0)
            context.Add(FieldError.Invalid(context.At(field).Key(name), amount, "must be greater than or equal to 0"));
        else if (ResourceNames.IsWhole(name) && decimal.Truncate(quantity.Value) != quantity.Value)
            context.Add(FieldError.Invalid(context.At(field).Key(name), amount, "must be an integer"));
    }
}
