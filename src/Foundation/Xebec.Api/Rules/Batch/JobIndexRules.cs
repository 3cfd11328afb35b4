using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Batch;

/// <summary>What a job's completion mode asks for and limits.</summary>
internal static class JobIndexRules
{
    private const long MostParallel = 100_000;
    private const long MostFailed = 100_000;
    private const long ManyCompletions = 100_000;
    private const long MostOfMany = 10_000;

    public static void Check(ObjectValue spec, CheckContext context)
    {
        if (spec.GetString("completionMode") == "Indexed")
        {
            CheckIndexed(spec, context);
            return;
        }

        foreach (var field in new[] { "backoffLimitPerIndex", "maxFailedIndexes" })
        {
            if (!spec[field].IsAbsent())
                context.Invalid(field, spec[field], "requires indexed completion mode");
        }

        CheckLimitGiven(spec, context);
    }

    private static void CheckIndexed(ObjectValue spec, CheckContext context)
    {
        CheckLimitGiven(spec, context);
        var (completions, parallel, failed) = (Number(spec, "completions"), Number(spec, "parallelism"), Number(spec, "maxFailedIndexes"));
        if (completions is null)
            context.Required("completions", "when completion mode is Indexed");
        if (parallel > MostParallel)
            context.Invalid("parallelism", parallel.Value, $"must be less than or equal to {MostParallel} when completion mode is Indexed");
        if (failed > completions)
            context.Invalid("maxFailedIndexes", failed.Value, "must be less than or equal to completions");
        if (failed > MostFailed)
            context.Invalid("maxFailedIndexes", failed.Value, $"must be less than or equal to {MostFailed}");
        if (completions > ManyCompletions && !spec["backoffLimitPerIndex"].IsAbsent())
            CheckMany(parallel, failed, context);
    }

    private static void CheckMany(long? parallel, long? failed, CheckContext context)
    {
        var limit = $"must be less than or equal to {MostOfMany} when completions are above {ManyCompletions} and used with backoff limit per index";
        if (failed is null)
            context.Required("maxFailedIndexes", $"must be specified when completions is above {ManyCompletions}");
        if (parallel > MostOfMany)
            context.Invalid("parallelism", parallel.Value, limit);
        if (failed > MostOfMany)
            context.Invalid("maxFailedIndexes", failed.Value, limit);
    }

    private static void CheckLimitGiven(ObjectValue spec, CheckContext context)
    {
        if (!spec["maxFailedIndexes"].IsAbsent() && spec["backoffLimitPerIndex"].IsAbsent())
            context.Required("backoffLimitPerIndex", "when maxFailedIndexes is specified");
    }

    private static long? Number(ObjectValue spec, string field) => spec[field]?.AsInt64();
}
