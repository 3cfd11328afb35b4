using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Xebec.ApiServer.Tests;

/// <summary>Loops beside the requests.</summary>
public sealed class BackgroundLoopsTests
{
    [Fact]
    public async Task A_loop_that_fails_unforeseen_is_begun_again_and_ends_when_stopped()
    {
        var time = new FakeTimeProvider();
        using var stopping = new CancellationTokenSource();
        var (runs, again) = (0, new TaskCompletionSource());
        async Task FailOnceAsync(CancellationToken stopped)
        {
            if (Interlocked.Increment(ref runs) == 1)
                throw new InvalidOperationException("unforeseen");
            again.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stopped);
        }

        var running = new BackgroundLoops(time, NullLogger<BackgroundLoops>.Instance).RunAsync([FailOnceAsync], stopping.Token);
        while (!again.Task.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await stopping.CancelAsync();
        await running;
        Assert.Equal(2, runs);
    }
}
