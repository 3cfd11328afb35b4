using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>When a container is started again: its own policy and rules, and what a resize needs. The walk stands on the container.</summary>
internal static class RestartRules
{
    private const int MostRules = 20;
    private const int MostExitCodes = 255;
    private static readonly string[] Policies = ["Always", "Never", "OnFailure"];
    private static readonly string[] Actions = ["Restart", "RestartAllContainers"];
    private static readonly string[] Operators = ["In", "NotIn"];
    private static readonly string[] ResizedResources = ["cpu", "memory"];
    private static readonly string[] ResizePolicies = ["NotRequired", "RestartContainer"];

    public static void Check(ObjectValue container, CheckContext context)
    {
        var rules = container.GetList("restartPolicyRules");
        if (container.GetString("restartPolicy") is not { } policy)
        {
            if (rules is { Count: > 0 })
                context.Required("restartPolicy", "must specify restartPolicy when restart rules are used");
        }
        else if (Array.IndexOf(Policies, policy) < 0)
            context.NotSupported("restartPolicy", policy, Policies);
        if (rules?.Count > MostRules)
            context.Add(FieldError.TooMany(context.At("restartPolicyRules"), rules.Count, MostRules));
        for (var i = 0; i < (rules?.Count ?? 0); i++)
        {
            context.Enter("restartPolicyRules");
            context.EnterItem(i);
            CheckRule(rules![i].AsObject() ?? [], context);
            context.Leave();
            context.Leave();
        }
    }

    private static void CheckRule(ObjectValue rule, CheckContext context)
    {
        if (rule.GetString("action") is var action && Array.IndexOf(Actions, action) < 0)
            context.NotSupported("action", action ?? "", Actions);
        if (rule.GetObject("exitCodes") is not { } codes)
        {
            context.Required("exitCodes", "must be specified");
            return;
        }

        context.Enter("exitCodes");
        if (codes.GetString("operator") is var operation && Array.IndexOf(Operators, operation) < 0)
            context.NotSupported("operator", operation ?? "", Operators);
        if (codes.GetList("values") is { Count: > MostExitCodes } values)
            context.Add(FieldError.TooMany(context.At("values"), values.Count, MostExitCodes));
        context.Leave();
    }

    /// <summary>What a change of a resource does to the container; upstream's paths name the list, not the item.</summary>
    public static void CheckResize(ObjectValue container, string? podPolicy, CheckContext context)
    {
        var policies = container.GetList("resizePolicy");
        for (var i = 0; i < (policies?.Count ?? 0); i++)
        {
            var (resource, policy) = (policies![i].AsObject()?.GetString("resourceName") ?? "", policies[i].AsObject()?.GetString("restartPolicy") ?? "");
            if (policies.Take(i).Any(p => (p.AsObject()?.GetString("resourceName") ?? "") == resource))
                context.Add(FieldError.Duplicate(context.At("resizePolicy").Index(i), resource));
            CheckOneOf(resource, ResizedResources, context);
            CheckOneOf(policy, ResizePolicies, context);
            if (podPolicy == "Never" && policy != "NotRequired")
                context.Invalid("resizePolicy", policy, "must be 'NotRequired' when pod `restartPolicy` is 'Never'");
        }
    }

    private static void CheckOneOf(string value, string[] supported, CheckContext context)
    {
        if (value.Length == 0)
            context.Required("resizePolicy");
        else if (Array.IndexOf(supported, value) < 0)
            context.NotSupported("resizePolicy", value, supported);
    }

    /// <summary>An init container that has ended cannot be started again to be resized.</summary>
    public static void CheckInitResize(ObjectValue container, CheckContext context)
    {
        var policies = container.GetList("resizePolicy");
        for (var i = 0; i < (policies?.Count ?? 0); i++)
        {
            if (policies![i].AsObject()?.GetString("restartPolicy") != "RestartContainer")
                continue;
            var path = context.At("resizePolicy").Index(i).Child("restartPolicy");
            context.AddInvalid(path, "RestartContainer", ["must not be set to 'RestartContainer' for non-sidecar initContainers"]);
        }
    }
}
