using Xebec.Bench.Scenarios;

namespace Xebec.Bench;

/// <summary>Every scenario against a running server, in the order in which they disturb each other least.</summary>
internal static class ScenarioTable
{
    private static readonly (string[] Names, Func<BenchContext, Task<IEnumerable<Measurement>>> RunAsync)[] All =
    [
        (["idle"], IdleScenario.RunAsync),
        (["create"], CreateScenario.RunAsync),
        (["get"], GetScenario.RunAsync),
        (["update"], UpdateScenario.RunAsync),
        (["list", "memory"], ListScenario.RunAsync),
        (["watch"], WatchScenario.RunAsync),
        (["fairness"], FairnessScenario.RunAsync),
        (["definitions"], DefinitionsScenario.RunAsync),
        (["flat"], FlatScenario.RunAsync),
        (["informers"], InformersScenario.RunAsync),
    ];

    public static async Task<IReadOnlyList<Measurement>> RunAsync(BenchContext context, bool cleanUp)
    {
        var rows = new List<Measurement>();
        await context.CreateNamespaceAsync(context.Namespace);
        try
        {
            foreach (var (names, run) in All)
            {
                if (!names.Any(context.Options.Includes))
                    continue;
                Console.Error.WriteLine($"measuring {names[0]}");
                rows.AddRange(await run(context));
            }
        }
        finally
        {
            if (cleanUp)
                await CleanUpAsync(context);
        }

        return rows;
    }

    private static async Task CleanUpAsync(BenchContext context)
    {
        foreach (var ns in (string[])[context.Namespace, context.Namespace + "-list", context.Namespace + "-watch", context.Namespace + "-informers"])
        {
            try
            {
                await context.SendAsync("DELETE", BenchContext.ConfigMaps(ns));
                await context.SendAsync("DELETE", $"/api/v1/namespaces/{ns}");
            }
            catch (InvalidDataException e)
            {
                Console.Error.WriteLine($"cleaning up {ns}: {e.Message}");
            }
        }
    }
}
