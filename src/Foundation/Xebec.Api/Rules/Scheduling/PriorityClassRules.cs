using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Scheduling;

/// <summary>PriorityClasses.</summary>
internal static class PriorityClassRules
{
    private const long HighestUserPriority = 1_000_000_000;
    private static readonly (string Name, long Value)[] System =
        [("system-cluster-critical", 2_000_000_000), ("system-node-critical", 2_000_001_000)];

    public static void Check(ObjectValue priority, CheckContext context)
    {
        var name = priority.GetObject("metadata")?.GetString("name") ?? "";
        var value = priority["value"]?.AsInt64() ?? 0;
        if (name.StartsWith("system-", StringComparison.Ordinal))
        {
            const string Message = "priority class names with 'system-' prefix are reserved for system use only";
            if (Array.IndexOf(System, (name, value)) < 0)
                context.Add(FieldError.Forbidden(context.At("metadata").Child("name"), Message));
        }
        else if (value > HighestUserPriority)
        {
            var message = $"maximum allowed value of a user defined priority is {HighestUserPriority}";
            context.Forbidden("value", message);
        }
    }
}
