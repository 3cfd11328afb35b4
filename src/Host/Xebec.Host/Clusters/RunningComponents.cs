using Microsoft.Extensions.Logging;

namespace Xebec.Host.Clusters;

/// <summary>Components that were started in the order of their table; they stop in the opposite order.</summary>
internal sealed partial class RunningComponents(ILogger logger) : IAsyncDisposable
{
    private readonly Stack<(string Name, IAsyncDisposable Component)> _running = new();

    /// <summary>Starts the table's rows; when one fails, those before it are stopped again.</summary>
    public async Task StartAsync(IEnumerable<ComponentEntry> table, ComponentContext context, CancellationToken cancellationToken)
    {
        foreach (var entry in table)
        {
            _running.Push((entry.Name, await entry.StartAsync(context, cancellationToken).ConfigureAwait(false)));
            LogStarted(logger, entry.Name);
        }
    }

    /// <summary>Stops all; one that fails to stop is logged, and the others are stopped nevertheless.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_running.TryPop(out var entry))
        {
            try
            {
                await entry.Component.DisposeAsync().ConfigureAwait(false);
                LogStopped(logger, entry.Name);
            }
            catch (Exception exception)
            {
                LogStopFailed(logger, entry.Name, exception);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Started component")]
    private static partial void LogStarted(ILogger logger, string component);

    [LoggerMessage(2, LogLevel.Information, "Stopped component")]
    private static partial void LogStopped(ILogger logger, string component);

    [LoggerMessage(3, LogLevel.Error, "Failed to stop component")]
    private static partial void LogStopFailed(ILogger logger, string component, Exception exception);
}
