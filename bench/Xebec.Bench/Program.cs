using Xebec.Bench;
using Xebec.Bench.Scenarios;

BenchOptions options;
try
{
    options = BenchOptions.Parse(args);
}
catch (ArgumentException e)
{
    Console.Error.WriteLine($"{e.Message}\n{BenchOptions.Usage}");
    return 2;
}

var rows = new List<Measurement>();
StartedServer? started = null;
try
{
    if (options.StartCommand is not null)
    {
        (started, var starts) = await StartScenario.RunAsync(options);
        rows.AddRange(starts);
    }

    var processes = started?.Processes ?? new ServerProcesses(() => options.ProcessIds);
    var target = started?.Target ?? Target.Read(options);
    var context = new BenchContext(options, target, processes, $"xebec-bench-{Environment.ProcessId}");
    rows.AddRange(await ScenarioTable.RunAsync(context, cleanUp: started is null));
}
finally
{
    if (started is not null)
        await started.DisposeAsync();
}

var table = ResultTable.Write(options.Title, rows, TimeProvider.System.GetUtcNow());
Console.Write(table);
if (options.Output is { } file)
    await File.WriteAllTextAsync(file, table);
return 0;
