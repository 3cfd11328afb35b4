using System.Buffers;
using System.IO.Pipelines;

namespace Xebec.Kubelet.Server;

/// <summary>Takes a log file's bytes as they come and writes the lines that a request asks for.</summary>
internal sealed class LogLineWriter(LogRequest request, PipeWriter output)
{
    private readonly ArrayBufferWriter<byte> _unfinished = new();
    private long _left = request.LimitBytes ?? long.MaxValue;
    private bool _isLineOpen;

    /// <summary>The limit of bytes is reached.</summary>
    public bool IsFull => _left <= 0;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        Split(bytes.Span);
        if (output.CanGetUnflushedBytes && output.UnflushedBytes > 64 * 1024)
            await output.FlushAsync(cancellation);
    }

    private void Split(ReadOnlySpan<byte> bytes)
    {
        while (!IsFull && bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            if (_unfinished.WrittenCount > 0)
            {
                _unfinished.Write(bytes[..end]);
                Line(_unfinished.WrittenSpan);
                _unfinished.ResetWrittenCount();
            }
            else
            {
                Line(bytes[..end]);
            }

            bytes = bytes[(end + 1)..];
        }

        _unfinished.Write(bytes);
    }

    private void Line(ReadOnlySpan<byte> raw)
    {
        if (!CriLogLine.TryParse(raw, out var line))
            return;
        if (request.Since is { } since && line.Timestamp is { } at && at < since)
            return;
        if (request.Stream.Length > 0 && !line.Stream.SequenceEqual(request.Stream == "Stdout" ? "stdout"u8 : "stderr"u8))
            return;
        if (request.Timestamps && !_isLineOpen)
        {
            Write(line.Time);
            Write(" "u8);
        }

        Write(line.Message);
        _isLineOpen = line.IsPartial;
        if (!line.IsPartial)
            Write("\n"u8);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _left)
            bytes = bytes[..(int)_left];
        _left -= bytes.Length;
        output.Write(bytes);
    }
}
