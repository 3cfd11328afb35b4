using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>What a container requests and is limited to.</summary>
internal static class ResourceRequirementsRules
{
    public static void Check(ObjectValue requirements, CheckContext context) =>
        Check(requirements, ResourceNameRules.CheckOfContainer, context);

    /// <summary>The walk stands on the requirements.</summary>
    public static void Check(ObjectValue requirements, Action<string, string, CheckContext> checkName, CheckContext context)
    {
        var limits = requirements.GetObject("limits");
        var (pages, compute) = (false, false);
        foreach (var (name, amount) in limits ?? [])
            CheckAmount("limits", name, amount, checkName, ref pages, ref compute, context);
        foreach (var (name, amount) in requirements.GetObject("requests") ?? [])
        {
            CheckAmount("requests", name, amount, checkName, ref pages, ref compute, context);
            CheckAgainstLimit(name, amount, limits?[name], context);
        }

        if (pages && !compute)
            context.ForbiddenHere("HugePages require cpu or memory");
    }

    /// <summary>A pod's overhead is checked as a container's limits. The walk stands on the pod's spec.</summary>
    public static void CheckOverhead(ObjectValue spec, CheckContext context)
    {
        if (spec.GetObject("overhead") is not { Count: > 0 } overhead)
            return;
        context.Enter("overhead");
        Check(new ObjectValue { { "limits", overhead } }, context);
        context.Leave();
    }

    private static void CheckAmount(
        string field, string name, Value amount, Action<string, string, CheckContext> checkName, ref bool pages, ref bool compute, CheckContext context)
    {
        checkName(name, field, context);
        ResourceAmounts.CheckAmount(name, amount, field, context);
        compute |= name is "cpu" or "memory";
        if (!ResourceNames.IsHugePages(name))
            return;
        pages = true;
        if (Quantity.TryParse(amount.AsString() ?? "", out var quantity) && !ResourceNames.IsWholePages(name, quantity))
            context.AddInvalid(context.At(field).Key(name), quantity.ToString(), [$"{quantity} is not positive integer multiple of {name}"]);
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
