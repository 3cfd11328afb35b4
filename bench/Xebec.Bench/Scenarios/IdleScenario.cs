namespace Xebec.Bench.Scenarios;

/// <summary>Memory and CPU of the server when nobody asks anything.</summary>
internal static class IdleScenario
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    public static async Task<IEnumerable<Measurement>> RunAsync(BenchContext context)
    {
        if (!context.Server.Known)
            return [];
        await Task.Delay(Settling);
        var cpu = context.Server.CpuMicroseconds;
        await Task.Delay(Window);
        var percent = (context.Server.CpuMicroseconds - cpu) / Window.TotalMicroseconds * 100;
        var memory = context.Server.ResidentMebibytes;
        return
        [
            new Measurement("idle memory, control plane", $"{memory:F0} MiB", "", "", "<= 83 MiB", memory <= 83),
            new Measurement("idle CPU, control plane", $"{percent:F2} % of a core", "", "", "<= 0.5 %", percent <= 0.5),
        ];
    }
}
