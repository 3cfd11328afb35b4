using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Xebec.ApiServer.Tests;

/// <summary>What a server logs, to wait for.</summary>
internal sealed class LoggedLines : ILoggerFactory, ILogger
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    /// <summary>Waits for the next line with a text, past others.</summary>
    public async Task WaitForAsync(string text)
    {
        while (!(await _lines.Reader.ReadAsync()).Contains(text, StringComparison.Ordinal))
        {
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Writer.TryWrite(formatter(state, exception));

    public void Dispose()
    {
    }
}
