using Microsoft.Extensions.Logging;

namespace Xebec.ComponentBase.Logging;

internal sealed class KlogLogger(KlogLoggerFactory factory, string category, LogLevel minimumLevel) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= minimumLevel && logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        var values = state as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
        factory.Write(new KlogRecord(factory.Now, logLevel, category, formatter(state, exception), values, exception));
    }
}
