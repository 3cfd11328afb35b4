using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>What a claim has, and how far a change of its size has come.</summary>
internal static class PersistentVolumeClaimStatusRules
{
    private static readonly string[] States =
        ["ControllerResizeInProgress", "ControllerResizeInfeasible", "NodeResizeInProgress", "NodeResizeInfeasible", "NodeResizePending"];

    public static void Check(ObjectValue updated, ObjectValue stored, CheckContext context)
    {
        var status = updated.GetObject("status") ?? [];
        context.Enter("status");
        foreach (var (name, amount) in status.GetObject("capacity") ?? [])
            CheckAmount("capacity", name, amount, context);
        foreach (var (name, state) in status.GetObject("allocatedResourceStatuses") ?? [])
        {
            CheckKey("allocatedResourceStatuses", name, context);
            if (Array.IndexOf(States, state.AsString()) < 0)
                context.NotSupported("allocatedResourceStatuses", name, [.. States.Order(StringComparer.Ordinal)]);
        }

        foreach (var (name, amount) in status.GetObject("allocatedResources") ?? [])
        {
            if (CheckKey("allocatedResources", name, context))
                CheckAmount("allocatedResources", name, amount, context);
        }

        context.Leave();
    }

    private static bool CheckKey(string field, string name, CheckContext context)
    {
        if (NameRules.QualifiedName(name) is { Count: > 0 } messages)
        {
            context.AddInvalid(context.At(field), name, messages);
            return false;
        }

        if (!ResourceNames.IsNative(name) || name == "storage")
            return true;
        context.NotSupported(field, name, ["storage"]);
        return false;
    }

    private static void CheckAmount(string field, string name, Value amount, CheckContext context)
    {
        if (Quantity.TryParse(amount.AsString() ?? "", out var quantity) && quantity.Value < 0)
            context.Add(FieldError.Invalid(context.At(field).Key(name), quantity.WholeValue, "must be a valid resource quantity"));
    }
}
