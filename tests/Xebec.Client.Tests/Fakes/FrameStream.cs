using System.Text;
using System.Threading.Channels;

namespace Xebec.Client.Tests.Fakes;

/// <summary>A response body whose bytes come as they are written to a channel.</summary>
internal sealed class FrameStream(ChannelReader<string> frames) : Stream
{
    private ReadOnlyMemory<byte> _rest;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation = default)
    {
        if (_rest.IsEmpty)
        {
            if (!await frames.WaitToReadAsync(cancellation) || !frames.TryRead(out var frame))
                return 0;
            _rest = Encoding.UTF8.GetBytes(frame);
        }

        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
