using Microsoft.Extensions.Logging;

namespace Xebec.ApiServer;

/// <summary>Runs what works beside the requests; a loop that fails for a reason it did not foresee is begun again, so that none dies silently.</summary>
internal sealed partial class BackgroundLoops(TimeProvider time, ILogger<BackgroundLoops> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Ends when every loop has, or once stopped.</summary>
    public Task RunAsync(IEnumerable<Func<CancellationToken, Task>> loops, CancellationToken stopping) =>
        Task.WhenAll(loops.Select(loop => Task.Run(() => KeepAsync(loop, stopping), CancellationToken.None)));

    private async Task KeepAsync(Func<CancellationToken, Task> loop, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await loop(stopping);
                return;
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogFailed(e);
                await Task.Delay(Pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(EventId = 1600, Level = LogLevel.Error, Message = "A background loop failed; beginning it again")]
    private partial void LogFailed(Exception exception);
}
