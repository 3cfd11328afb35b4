using System.Text;

namespace Xebec.ApiServer.Tests.Faults;

/// <summary>Whole lines of a stream: unlike StreamReader, what has no newline yet when the stream ends is not a line.</summary>
internal sealed class LineReader(Stream stream) : IDisposable
{
    private byte[] _buffer = new byte[16384];
    private int _start;
    private int _end;

    public async Task<string?> ReadAsync()
    {
        while (true)
        {
            var newline = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _start, newline);
                _start += newline + 1;
                return line;
            }
            MakeRoom();
            var read = await stream.ReadAsync(_buffer.AsMemory(_end));
            if (read == 0)
                return null;
            _end += read;
        }
    }

    private void MakeRoom()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _end * 2);
    }

    public void Dispose() => stream.Dispose();
}
