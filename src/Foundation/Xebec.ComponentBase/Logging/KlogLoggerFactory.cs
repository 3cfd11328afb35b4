using System.Text;
using Microsoft.Extensions.Logging;

namespace Xebec.ComponentBase.Logging;

/// <summary>
/// Makes loggers that write klog's structured text to one stream. Messages come from [LoggerMessage] methods with Kubernetes' keys.
/// </summary>
public sealed class KlogLoggerFactory : ILoggerFactory
{
    private readonly Lock _writing = new();
    private readonly StringBuilder _line = new();
    private readonly Stream _output;
    private readonly TimeProvider _timeProvider;

    /// <summary>Writes to the stream, which the factory then owns; records below the level are dropped.</summary>
    public KlogLoggerFactory(Stream output, TimeProvider timeProvider, LogLevel minimumLevel = LogLevel.Information)
    {
        (_output, _timeProvider, MinimumLevel) = (output, timeProvider, minimumLevel);
    }

    /// <summary>The lowest level that is written.</summary>
    public LogLevel MinimumLevel { get; }

    internal DateTimeOffset Now => _timeProvider.GetUtcNow();

    /// <summary>Appends to a file, mode 0600, creating it when missing.</summary>
    public static KlogLoggerFactory ToFile(string path, TimeProvider timeProvider, LogLevel minimumLevel = LogLevel.Information) =>
        new(OpenLogFile(path), timeProvider, minimumLevel);

    /// <summary>A logger whose lines name the component: the category's last part. The framework's own loggers begin at Warning.</summary>
    public ILogger CreateLogger(string categoryName)
    {
        var isFramework = categoryName.StartsWith("Microsoft.", StringComparison.Ordinal) && MinimumLevel == LogLevel.Information;
        return new KlogLogger(this, categoryName[(categoryName.LastIndexOf('.') + 1)..], isFramework ? LogLevel.Warning : MinimumLevel);
    }

    /// <summary>Not supported: there is one sink.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("KlogLoggerFactory has one sink");

    /// <summary>Closes the stream.</summary>
    public void Dispose()
    {
        lock (_writing) _output.Dispose();
    }

    internal void Write(in KlogRecord record)
    {
        lock (_writing)
        {
            if (!_output.CanWrite) return;
            KlogFormatter.Append(_line.Clear(), record);
            _output.Write(Encoding.UTF8.GetBytes(_line.ToString()));
            _output.Flush();
        }
    }

    private static FileStream OpenLogFile(string path)
    {
        PrivateFile.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
    }
}
