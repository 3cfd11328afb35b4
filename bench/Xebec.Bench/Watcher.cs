using System.Buffers.Text;
using System.Diagnostics;

namespace Xebec.Bench;

/// <summary>One watch: counts the events whose writer stamped them with a time, and how long each was on its way.</summary>
internal sealed class Watcher(ApiConnection connection) : IDisposable
{
    private readonly byte[] _line = new byte[64 * 1024];
    private readonly List<double> _latencies = [];
    private int _length;

    /// <summary>The latency of each delivery, in milliseconds.</summary>
    public IReadOnlyList<double> Latencies => _latencies;

    public static async Task<Watcher> OpenAsync(Target target, string path)
    {
        var connection = await ApiConnection.OpenAsync(target);
        var status = await connection.BeginAsync(RequestTemplate.Create(target, "GET", path).Fill());
        return status == 200 ? new Watcher(connection) : throw new InvalidDataException($"the watch was answered {status}");
    }

    /// <summary>Reads until this many more events have come.</summary>
    public async Task ReadAsync(int count)
    {
        _latencies.Clear();
        while (_latencies.Count < count)
        {
            var part = await connection.ReadChunkPartAsync();
            if (part.IsEmpty)
                throw new EndOfStreamException("the server ended the watch");
            Take(part.Span);
        }
    }

    // An event is a line; one that is split between two reads is put together in the line buffer.
    private void Take(ReadOnlySpan<byte> part)
    {
        while (part.IndexOf((byte)'\n') is >= 0 and var end)
        {
            if (_length == 0)
            {
                Count(part[..end]);
            }
            else
            {
                part[..end].CopyTo(_line.AsSpan(_length));
                Count(_line.AsSpan(0, _length + end));
                _length = 0;
            }

            part = part[(end + 1)..];
        }

        part.CopyTo(_line.AsSpan(_length));
        _length += part.Length;
    }

    private void Count(ReadOnlySpan<byte> line)
    {
        var at = line.IndexOf("\"sentAt\":\""u8);
        if (at < 0 || !Utf8Parser.TryParse(line[(at + 10)..], out long sent, out _) || sent == 0)
            return;
        _latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
    }

    public void Dispose() => connection.Dispose();
}
