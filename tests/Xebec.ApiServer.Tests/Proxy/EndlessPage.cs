namespace Xebec.ApiServer.Tests.Proxy;

/// <summary>A body of spaces that never ends, and counts what is read of it; it gives up at 64 MiB.</summary>
internal sealed class EndlessPage : Stream
{
    public long ReadBytes { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (ReadBytes > 64 * 1024 * 1024)
            return 0;
        buffer.AsSpan(offset, count).Fill((byte)' ');
        ReadBytes += count;
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
