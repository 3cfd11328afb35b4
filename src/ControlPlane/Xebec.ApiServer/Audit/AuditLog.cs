using System.Buffers;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Xebec.ComponentBase.Metrics;

namespace Xebec.ApiServer.Audit;

/// <summary>
/// The log backend: events wait in a bounded queue, one task writes them in batches. Requests that are to be recorded begin only while
/// there is room for them: whoever sends many at once must not get some of them past the log, nor fill the memory with it. What then still
/// does not fit is dropped and counted (apiserver_audit_error_total).
/// </summary>
internal sealed partial class AuditLog : IAsyncDisposable
{
    private const int BatchBytes = 256 * 1024;

    // Bodies are kept until they are written.
    private const long MaximumWaitingBytes = 64 * 1024 * 1024;
    private readonly Lock _counting = new();
    private readonly int _maximumWaiting;
    private int _waitingCount;
    private long _waitingBytes;
    private TaskCompletionSource? _room;
    private readonly Channel<AuditEvent> _waiting;
    private readonly RotatingFile _file;
    private readonly Counter _errors;
    private readonly Counter _events;
    private readonly ILogger _logger;
    private readonly Task _writing;

    public AuditLog(AuditOptions options, MetricsRegistry metrics, TimeProvider time, ILogger logger)
    {
        _logger = logger;
        // Half of the queue is for the events of requests that have begun.
        _maximumWaiting = Math.Max(1, options.BufferedEvents / 2);
        _waiting = Channel.CreateBounded<AuditEvent>(new BoundedChannelOptions(options.BufferedEvents) { SingleReader = true });
        _errors = metrics.CounterFamily(
            "apiserver_audit_error_total", "Counter of audit events that failed to be audited properly. Plugin identifies the plugin affected by the error.",
            "plugin").WithLabels("log");
        _events = metrics.Counter("apiserver_audit_event_total", "Counter of audit events generated and sent to the audit backend.");
        _file = new RotatingFile(options, time);
        _writing = Task.Run(WriteAsync);
    }

    private bool IsFull => _waitingCount >= _maximumWaiting || _waitingBytes >= MaximumWaitingBytes;

    /// <summary>Completes when a further request may be recorded.</summary>
    public async ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task room;
            lock (_counting)
            {
                if (!IsFull)
                    return;
                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _room.Task;
            }

            await room.WaitAsync(cancellationToken);
        }
    }

    public void Add(AuditEvent item)
    {
        _events.Increment();
        Count(1, item.BodyBytes);
        if (_waiting.Writer.TryWrite(item))
            return;
        Count(-1, -item.BodyBytes);
        _errors.Increment();
    }

    private void Count(int events, long bytes)
    {
        lock (_counting)
        {
            _waitingCount += events;
            _waitingBytes += bytes;
            if (IsFull)
                return;
            _room?.TrySetResult();
            _room = null;
        }
    }

    /// <summary>Writes what waits, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing;
        _file.Dispose();
    }

    private async Task WriteAsync()
    {
        var batch = new ArrayBufferWriter<byte>(BatchBytes);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (batch.WrittenCount < BatchBytes && _waiting.Reader.TryRead(out var item))
            {
                await AppendAsync(batch, item);
                Count(-1, -item.BodyBytes);
            }

            Flush(batch.WrittenSpan);
            if (batch.Capacity > 4 * BatchBytes)
                batch = new ArrayBufferWriter<byte>(BatchBytes);
            batch.ResetWrittenCount();
        }
    }

    private async ValueTask AppendAsync(ArrayBufferWriter<byte> batch, AuditEvent item)
    {
        try
        {
            var line = new ArrayBufferWriter<byte>(1024);
            await AuditEventWriter.WriteAsync(line, item);
            batch.Write(line.WrittenSpan);
        }
        catch (Exception e)
        {
            // One event that can't be written must not end the log.
            _errors.Increment();
            LogLost(item.AuditId, e);
        }
    }

    private void Flush(ReadOnlySpan<byte> lines)
    {
        try
        {
            _file.Write(lines);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _errors.Increment();
            LogLost("", e);
        }
    }

    [LoggerMessage(EventId = 1300, Level = LogLevel.Error, Message = "Audit events could not be written auditID=\"{AuditId}\"")]
    private partial void LogLost(string auditId, Exception exception);
}
