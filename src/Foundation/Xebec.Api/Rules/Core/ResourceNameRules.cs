using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Which resources may be named where.</summary>
internal static class ResourceNameRules
{
    private static readonly string[] OfPods = ["cpu", "hugepages-", "memory"];

    /// <summary>A resource of a container.</summary>
    public static void CheckOfContainer(string name, string field, CheckContext context)
    {
        CheckAny(name, field, context);
        if (!name.Contains('/', StringComparison.Ordinal))
        {
            if (!ResourceNames.IsStandardForContainers(name))
                context.AddInvalid(context.At(field).Key(name), name, ["must be a standard resource for containers"]);
        }
        else if (!ResourceNames.IsNative(name) && !ResourceNames.IsExtended(name))
            context.AddInvalid(context.At(field).Key(name), name, ["doesn't follow extended resource name standard"]);
    }

    /// <summary>A resource of a pod as a whole.</summary>
    public static void CheckOfPod(string name, string field, CheckContext context)
    {
        if (CheckAny(name, field, context) && !PodLevelResources.IsSupported(name))
            context.Add(ApiMachinery.Errors.FieldError.NotSupported(context.At(field).Key(name), name, OfPods));
    }

    /// <summary>A resource that a quota limits.</summary>
    public static void CheckOfQuota(string name, string field, CheckContext context)
    {
        CheckAny(name, field, context);
        if (!name.Contains('/', StringComparison.Ordinal) && !ResourceNames.IsStandardForQuota(name))
            context.AddInvalid(context.At(field).Key(name), name, ["must be a standard resource for quota"]);
    }

    /// <summary>A resource at all: the platform's own, or one with a vendor's prefix.</summary>
    public static bool CheckAny(string name, string field, CheckContext context)
    {
        if (NameRules.QualifiedName(name) is { Count: > 0 } messages)
        {
            context.AddInvalid(context.At(field).Key(name), name, messages);
            return false;
        }

        if (name.Contains('/', StringComparison.Ordinal) || ResourceNames.IsStandard(name))
            return true;
        context.AddInvalid(context.At(field).Key(name), name, ["must be a standard resource type or fully qualified"]);
        return false;
    }

    /// <summary>The names and amounts of a list, by the rule of where it stands.</summary>
    public static void CheckList(ObjectValue owner, string field, Action<string, string, CheckContext> checkName, CheckContext context)
    {
        foreach (var (name, amount) in owner.GetObject(field) ?? [])
        {
            checkName(name, field, context);
            ResourceAmounts.CheckAmount(name, amount, field, context);
        }
    }
}
