using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Batch;

/// <summary>What becomes of a job whose pods fail.</summary>
internal static class PodFailurePolicyRules
{
    private const int MostRules = 20;
    private const int MostPatterns = 20;
    private const int MostValues = 255;

    private static readonly string[] Actions = ["Count", "FailIndex", "FailJob", "Ignore"];
    private static readonly string[] Operators = ["In", "NotIn"];
    private static readonly string[] Statuses = ["False", "True", "Unknown"];

    public static void Check(ObjectValue spec, CheckContext context)
    {
        if (spec.GetObject("podFailurePolicy") is not { } policy)
            return;
        var (path, rules) = (context.At("podFailurePolicy").Child("rules"), policy.GetList("rules") ?? []);
        if (rules.Count > MostRules)
            context.Add(FieldError.TooMany(path, rules.Count, MostRules));
        for (var i = 0; i < rules.Count; i++)
            CheckRule(rules[i].AsObject() ?? [], spec, path.Index(i), context);
    }

    private static void CheckRule(ObjectValue rule, ObjectValue spec, FieldPath path, CheckContext context)
    {
        CheckOneOf(rule.GetString("action") ?? "", Actions, path.Child("action"), context);
        if (rule.GetString("action") == "FailIndex" && spec["backoffLimitPerIndex"].IsAbsent())
            context.Add(FieldError.Invalid(path.Child("action"), "FailIndex", "requires the backoffLimitPerIndex to be set"));
        var (codes, patterns) = (rule.GetObject("onExitCodes"), rule.GetList("onPodConditions") ?? []);
        if (codes is not null)
            CheckCodes(codes, spec, path.Child("onExitCodes"), context);
        if (patterns.Count > MostPatterns)
            context.Add(FieldError.TooMany(path.Child("onPodConditions"), patterns.Count, MostPatterns));
        for (var i = 0; i < patterns.Count; i++)
            CheckPattern(patterns[i].AsObject() ?? [], path.Child("onPodConditions").Index(i), context);
        if (codes is not null && patterns.Count > 0)
            context.Add(FieldError.InvalidUnshown(path, "specifying both OnExitCodes and OnPodConditions is not supported"));
        if (codes is null && patterns.Count == 0)
            context.Add(FieldError.InvalidUnshown(path, "specifying one of OnExitCodes and OnPodConditions is required"));
    }

    private static void CheckPattern(ObjectValue pattern, FieldPath path, CheckContext context)
    {
        var type = pattern.GetString("type") ?? "";
        context.AddInvalid(path.Child("type"), type, NameRules.QualifiedName(type));
        CheckOneOf(pattern.GetString("status") ?? "", Statuses, path.Child("status"), context);
    }

    private static void CheckCodes(ObjectValue codes, ObjectValue spec, FieldPath path, CheckContext context)
    {
        CheckOneOf(codes.GetString("operator") ?? "", Operators, path.Child("operator"), context);
        if (codes.GetString("containerName") is { } name && !HasContainer(spec, name))
        {
            const string Message = "must be one of the container or initContainer names in the pod template";
            context.Add(FieldError.Invalid(path.Child("containerName"), name, Message));
        }

        CheckValues(codes.GetList("values") ?? [], codes.GetString("operator") == "In", path.Child("values"), context);
    }

    private static void CheckValues(ListValue values, bool isIn, FieldPath path, CheckContext context)
    {
        if (values.Count == 0)
            context.Add(FieldError.Invalid(path, values, "at least one value is required"));
        if (values.Count > MostValues)
            context.Add(FieldError.TooMany(path, values.Count, MostValues));
        var (seen, isOrdered, last) = (new HashSet<long>(), true, long.MinValue);
        for (var i = 0; i < values.Count; i++)
        {
            var code = values[i].AsInt64() ?? 0;
            if (isIn && code == 0)
                context.Add(FieldError.Invalid(path.Index(i), code, "must not be 0 for the In operator"));
            if (!seen.Add(code))
                context.Add(FieldError.Duplicate(path.Index(i), code));
            isOrdered &= last <= code;
            last = code;
        }

        if (!isOrdered)
            context.Add(FieldError.Invalid(path, values, "must be ordered"));
    }

    private static void CheckOneOf(string text, string[] supported, FieldPath path, CheckContext context)
    {
        if (text.Length == 0)
            context.Add(FieldError.Required(path, $"valid values: [{string.Join(' ', supported.Select(GoText.Quote))}]"));
        else if (Array.IndexOf(supported, text) < 0)
            context.Add(FieldError.NotSupported(path, text, supported));
    }

    private static bool HasContainer(ObjectValue spec, string name)
    {
        var pod = spec.GetObject("template")?.GetObject("spec");
        return (pod?.GetList("containers") ?? []).Concat(pod?.GetList("initContainers") ?? []).Any(c => c.AsObject()?.GetString("name") == name);
    }
}
