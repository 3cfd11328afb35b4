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
            const string Message = "priority class names with 'system-' prefix are reserved for system use only. error: ";
            if (Objection(name, value, priority["globalDefault"]?.AsBool() == true) is { } reason)
                context.Add(FieldError.Forbidden(context.At("metadata").Child("name"), Message + reason));
        }
        else if (value > HighestUserPriority)
        {
            var message = $"maximum allowed value of a user defined priority is {HighestUserPriority}";
            context.Forbidden("value", message);
        }
    }

    private static string? Objection(string name, long value, bool isDefault)
    {
        foreach (var (known, itsValue) in System)
        {
            if (known != name)
                continue;
            if (value != itsValue)
                return $"value of {name} PriorityClass must be {itsValue}";
            return isDefault ? $"globalDefault of {name} PriorityClass must be false" : null;
        }

        return $"{name} is not a known system priority class";
    }
}
