using System.Diagnostics;

namespace Xebec.EndToEnd.Tests.Commands;

/// <summary>For what other programs do in their own time: asks again until it holds, within a limit.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <param name="what">What is waited for, for the message.</param>
    /// <param name="limit">How long at most.</param>
    /// <param name="check">Null when it holds, else what is seen instead.</param>
    public static async Task HoldsAsync(string what, TimeSpan limit, Func<Task<string?>> check)
    {
        var started = Stopwatch.GetTimestamp();
        while (await check() is { } seen)
        {
            if (Stopwatch.GetElapsedTime(started) > limit) Assert.Fail($"not within {limit.TotalSeconds} s: {what}; seen: {seen}");
            await Task.Delay(Interval);
        }
    }
}
