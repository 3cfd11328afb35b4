using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
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

    /// <summary>An amount that is not negative, and whole for what is counted.</summary>
    public static void CheckAmount(string name, Value amount, string field, CheckContext context) =>
        CheckAmount(name, amount, () => context.At(field).Key(name), context);

    /// <summary>The same with a path of its own; a right amount makes none.</summary>
    public static void CheckAmount(string name, Value amount, Func<FieldPath> path, CheckContext context)
    {
        if (!Quantity.TryParse(amount.AsString() ?? "", out var quantity))
            return;
        if (quantity.Value < 0)
            context.Add(FieldError.Invalid(path(), amount, "must be greater than or equal to 0"));
        if (ResourceNames.IsWhole(name) && decimal.Truncate(quantity.Value) != quantity.Value)
            context.Add(FieldError.Invalid(path(), amount, "must be an integer"));
    }
}
