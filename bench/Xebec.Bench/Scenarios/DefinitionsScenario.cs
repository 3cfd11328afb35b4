namespace Xebec.Bench.Scenarios;

/// <summary>What 500 CustomResourceDefinitions cost: memory, and the time of discovering groups before and after.</summary>
internal static class DefinitionsScenario
{
    private const int Definitions = 500;
    private const int Discoveries = 200;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    public static async Task<IEnumerable<Measurement>> RunAsync(BenchContext context)
    {
        var connections = await context.ConnectAsync(8);
        var discovery = RequestTemplate.Create(context.Target, "GET", "/apis").Fill().ToArray();
        var before = await DiscoverAsync(context, connections, discovery);
        await Task.Delay(Settling);
        var memory = context.Server.ResidentMebibytes;
        var template = RequestTemplate.Create(
            context.Target, "POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", Definition);
        await Load.RunAsync(connections, Definitions, _ => Requests(template.Copy()), context.Server);
        await Task.Delay(Settling);
        var grown = context.Server.ResidentMebibytes - memory;
        var after = await DiscoverAsync(context, connections, discovery);
        BenchContext.Close(connections);
        return
        [
            new Measurement($"memory of {Definitions} CustomResourceDefinitions", $"{grown:F1} MiB", "", "", "<= 50 MiB", context.Server.Known ? grown <= 50 : null),
            new Measurement(
                "GET /apis before and with them", $"{before.P50Milliseconds:F2} and {after.P50Milliseconds:F2} ms"),
        ];
    }

    private static string Definition { get; } =
        """
        {"kind":"CustomResourceDefinition","apiVersion":"apiextensions.k8s.io/v1","metadata":{"name":"gadgetsN.bench.xebec.test"},
        "spec":{"group":"bench.xebec.test","scope":"Namespaced","names":{"plural":"gadgetsN","singular":"gadgetN","kind":"GadgetN","listKind":"GadgetNList"},
        "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object",
        "properties":{"size":{"type":"integer","minimum":1},"color":{"type":"string"},"parts":{"type":"array","items":{"type":"string"}}}}}}}}]}}
        """.Replace("gadgetsN", "gadgets" + RequestTemplate.Number, StringComparison.Ordinal)
        .Replace("gadgetN", "gadget" + RequestTemplate.Number, StringComparison.Ordinal)
        .Replace("GadgetN", "Gadget" + RequestTemplate.Number, StringComparison.Ordinal);

    private static Task<Load> DiscoverAsync(BenchContext context, ApiConnection[] connections, byte[] discovery) =>
        Load.RunAsync(connections, Discoveries, _ => _ => discovery, context.Server);

    private static Func<int, ReadOnlyMemory<byte>> Requests(RequestTemplate template) => i => template.Fill(i);
}
