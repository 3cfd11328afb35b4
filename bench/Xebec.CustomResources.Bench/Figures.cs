using Xebec.Client;

namespace Xebec.CustomResources.Bench;

/// <summary>Takes measurements.</summary>
internal sealed class Figures(ApiClient client)
{
    private const int Rounds = 200;

    public async Task<Figure> ReadAsync(string[] paths)
    {
        var medians = new double[paths.Length];
        for (var i = 0; i < paths.Length; i++)
            medians[i] = await MedianAsync(paths[i]);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        return new Figure(GC.GetTotalMemory(forceFullCollection: true), medians);
    }

    private async Task<double> MedianAsync(string path)
    {
        var times = new double[Rounds];
        for (var i = 0; i < Rounds; i++)
        {
            var started = TimeProvider.System.GetTimestamp();
            using var response = await client.SendAsync(HttpMethod.Get, path);
            await response.Content.ReadAsByteArrayAsync();
            times[i] = TimeProvider.System.GetElapsedTime(started).TotalMicroseconds;
        }

        Array.Sort(times);
        return times[Rounds / 2];
    }
}
