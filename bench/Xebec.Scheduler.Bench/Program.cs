using Xebec.Scheduler.Bench;

// core [PODS]: the pure core. end-to-end [NODES] [PODS]: with an API server and a durable store in this process.
switch (args)
{
    case ["end-to-end", .. var rest]:
        await EndToEndBench.RunAsync(rest.Length > 0 ? int.Parse(rest[0]) : 1_000, rest.Length > 1 ? int.Parse(rest[1]) : 10_000);
        break;
    default:
        CoreBench.Run(args is [_, var pods] ? int.Parse(pods) : 10_000);
        break;
}
