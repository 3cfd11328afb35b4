using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>What a container requests and is limited to.</summary>
internal static class ResourceRequirementsRules
{
    public static void Check(ObjectValue requirements, CheckContext context)
    {
        var limits = requirements.GetObject("limits");
        foreach (var (name, amount) in limits ?? [])
            CheckAmount("limits", name, amount, context);
        foreach (var (name, amount) in requirements.GetObject("requests") ?? [])
        {
            CheckAmount("requests", name, amount, context);
            CheckAgainstLimit(name, amount, limits?[name], context);
        }
    }

    private static void CheckAmount(string field, string name, Value amount, CheckContext context)
    {
        if (NameRules.QualifiedName(name) is { Count: > 0 } messages)
            context.AddInvalid(context.At(field).Key(name), name, messages);
        else if (!ResourceNames.IsStandardForContainers(name) && !name.Contains('/', StringComparison.Ordinal))
            context.Add(FieldError.Invalid(context.At(field).Key(name), name, "must be a standard resource for containers"));
        ResourceAmounts.CheckAmount(name, amount, field, context);
    }

    private static void CheckAgainstLimit(string name, Value amount, Value? limit, CheckContext context)
    {
        var canOvercommit = ResourceNames.CanOvercommit(name);
        if (limit is null && !canOvercommit)
            context.Required("limits", "Limit must be set for non overcommitable resources");
        if (!Quantity.TryParse(amount.AsString() ?? "", out var request) || !Quantity.TryParse(limit?.AsString() ?? "", out var most))
            return;
        if (!canOvercommit && request != most)
            context.Invalid("requests", request.ToString(), $"must be equal to {name} limit of {most}");
        else if (request > most)
            context.Invalid("requests", request.ToString(), $"must be less than or equal to {name} limit of {most}");
    }
}
