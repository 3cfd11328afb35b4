using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Batch;

/// <summary>When an indexed job has succeeded before all its indexes have.</summary>
internal static class SuccessPolicyRules
{
    private const int MostRules = 20;
    private const int IndexesMaximumBytes = 64 * 1024;

    public static void Check(ObjectValue spec, CheckContext context)
    {
        if (spec.GetObject("successPolicy") is not { } policy)
            return;
        if (spec.GetString("completionMode") != "Indexed")
        {
            context.Invalid("successPolicy", policy, "requires indexed completion mode");
            return;
        }

        var (path, rules) = (context.At("successPolicy").Child("rules"), policy.GetList("rules") ?? []);
        if (rules.Count == 0)
            context.Add(FieldError.Required(path, "at least one rules must be specified when the successPolicy is specified"));
        if (rules.Count > MostRules)
            context.Add(FieldError.TooMany(path, rules.Count, MostRules));
        for (var i = 0; i < rules.Count; i++)
            CheckRule(rules[i].AsObject() ?? [], spec["completions"]?.AsInt64() ?? 0, path.Index(i), context);
    }

    private static void CheckRule(ObjectValue rule, long completions, FieldPath path, CheckContext context)
    {
        var (indexes, count) = (rule.GetString("succeededIndexes"), rule["succeededCount"]?.AsInt64());
        if (indexes is null && count is null)
            context.Add(FieldError.Required(path, "at least one of succeededCount or succeededIndexes must be specified"));
        var (total, error) = indexes is null ? (long.MaxValue, null) : IndexIntervals.Count(indexes, completions);
        if (indexes?.Length > IndexesMaximumBytes)
            context.Add(FieldError.TooLong(path.Child("succeededIndexes"), IndexesMaximumBytes));
        if (error is not null)
            context.Add(FieldError.Invalid(path.Child("succeededIndexes"), indexes, $"error parsing succeededIndexes: {error}"));
        if (count is { } wanted)
            CheckCount(wanted, completions, total, path.Child("succeededCount"), context);
    }

    private static void CheckCount(long count, long completions, long total, FieldPath path, CheckContext context)
    {
        const string Most = "must be less than or equal to";
        if (count < 0)
            context.Add(FieldError.Invalid(path, count, "must be greater than or equal to 0"));
        if (count > completions)
            context.Add(FieldError.Invalid(path, count, $"{Most} {completions} (the number of specified completions)"));
        if (count > total)
            context.Add(FieldError.Invalid(path, count, $"{Most} {total} (the number of indexes in the specified succeededIndexes field)"));
    }
}
