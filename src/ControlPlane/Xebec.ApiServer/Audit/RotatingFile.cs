using System.Globalization;

namespace Xebec.ApiServer.Audit;

/// <summary>
/// A file that only grows to a size: it is then put aside under the time (audit-2026-11-23T12-00-00.000.log), and old ones are deleted.
/// One thread writes.
/// </summary>
internal sealed class RotatingFile : IDisposable
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH-mm-ss.fff";
    private readonly AuditOptions _options;
    private readonly TimeProvider _time;
    private Stream _stream;

    /// <exception cref="IOException">It can't be opened.</exception>
    public RotatingFile(AuditOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _stream = IsStandardOutput ? Console.OpenStandardOutput() : Open();
    }

    private bool IsStandardOutput => _options.LogPath == "-";

    private string Folder => Path.GetDirectoryName(Path.GetFullPath(_options.LogPath))!;

    private string Prefix => Path.GetFileNameWithoutExtension(_options.LogPath) + "-";

    /// <summary>Appends whole lines.</summary>
    /// <exception cref="IOException">They can't be written.</exception>
    public void Write(ReadOnlySpan<byte> lines)
    {
        if (!_stream.CanWrite)
            _stream = Open();
        var maximumBytes = _options.MaximumMegabytes * 1024L * 1024;
        if (!IsStandardOutput && _stream.Length > 0 && _stream.Length + lines.Length > maximumBytes)
            Rotate();
        _stream.Write(lines);
        _stream.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private FileStream Open()
    {
        Directory.CreateDirectory(Folder);
        return new FileStream(_options.LogPath, new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.Read | FileShare.Delete,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
    }

    private void Rotate()
    {
        _stream.Dispose();
        var at = _time.GetUtcNow();
        while (File.Exists(AsidePath(at)))
            at = at.AddMilliseconds(1);
        // Others may have taken the file away already.
        if (File.Exists(_options.LogPath))
            File.Move(_options.LogPath, AsidePath(at));
        _stream = Open();
        Prune();
    }

    private string AsidePath(DateTimeOffset at) => Path.Combine(
        Folder, $"{Prefix}{at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}{Path.GetExtension(_options.LogPath)}");

    private void Prune()
    {
        var oldest = _options.MaximumAgeDays > 0 ? _time.GetUtcNow().UtcDateTime.AddDays(-_options.MaximumAgeDays) : DateTime.MinValue;
        var kept = 0;
        foreach (var (path, at) in Aside().OrderByDescending(a => a.At))
        {
            if (at < oldest || (_options.MaximumBackups > 0 && ++kept > _options.MaximumBackups))
                File.Delete(path);
        }
    }

    private IEnumerable<(string Path, DateTime At)> Aside()
    {
        foreach (var path in Directory.EnumerateFiles(Folder, $"{Prefix}*{Path.GetExtension(_options.LogPath)}"))
        {
            var text = Path.GetFileNameWithoutExtension(path)[Prefix.Length..];
            if (DateTime.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
                yield return (path, at);
        }
    }
}
