using Microsoft.Extensions.Logging;

namespace Xebec.Host.Clusters;

/// <summary>
/// A component that is one loop: runs until it is disposed. When the loop fails it is started anew after a pause, since every
/// component converges from what it lists.
/// </summary>
internal sealed partial class BackgroundComponent : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    private BackgroundComponent(string name, Func<CancellationToken, Task> run, ILogger logger, TimeProvider timeProvider) =>
        _running = Task.Run(() => RepeatAsync(name, run, logger, timeProvider, _stopping.Token));

    /// <summary>A table's row for such a component.</summary>
    public static ComponentEntry Entry(string name, Func<ComponentContext, CancellationToken, Task> run) => new(name, (context, _) =>
    {
        var logger = context.LoggerFactory.CreateLogger("Host");
        return Task.FromResult<IAsyncDisposable>(new BackgroundComponent(name, token => run(context, token), logger, context.TimeProvider));
    });

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private static async Task RepeatAsync(
        string name, Func<CancellationToken, Task> run, ILogger logger, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; !cancellationToken.IsCancellationRequested; pause = Longer(pause))
        {
            try
            {
                await run(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogFailed(logger, name, pause.TotalSeconds, exception);
            }

            await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    [LoggerMessage(10, LogLevel.Error, "Component failed and is started again")]
    private static partial void LogFailed(ILogger logger, string component, double pauseSeconds, Exception exception);
}
