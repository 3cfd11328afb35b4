using System.Buffers.Binary;
using System.Text;

namespace Xebec.ApiServer.OpenApi.Gnostic;

/// <summary>Writes protobuf messages forwards: a message's length is put in front of it when it ends.</summary>
internal sealed class ProtobufBuffer
{
    private byte[] _bytes = new byte[64 * 1024];
    private int _length;

    /// <summary>What has been written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Writes a string field.</summary>
    public void WriteText(int number, string text)
    {
        WriteTag(number, 2);
        var count = Encoding.UTF8.GetByteCount(text);
        WriteVarint((ulong)count);
        Encoding.UTF8.GetBytes(text, Grow(count));
    }

    /// <summary>Writes a bytes field.</summary>
    public void WriteBytes(int number, ReadOnlySpan<byte> bytes)
    {
        WriteTag(number, 2);
        WriteVarint((ulong)bytes.Length);
        bytes.CopyTo(Grow(bytes.Length));
    }

    /// <summary>Writes a bool or integer field.</summary>
    public void WriteInteger(int number, long value)
    {
        WriteTag(number, 0);
        WriteVarint((ulong)value);
    }

    /// <summary>Writes a double field.</summary>
    public void WriteDouble(int number, double value)
    {
        WriteTag(number, 1);
        BinaryPrimitives.WriteDoubleLittleEndian(Grow(8), value);
    }

    /// <summary>Begins a message field; what is written until <see cref="EndMessage"/> is its content.</summary>
    /// <returns>Where it begins.</returns>
    public int StartMessage(int number)
    {
        WriteTag(number, 2);
        return _length;
    }

    /// <summary>Ends the message that begins there.</summary>
    public void EndMessage(int start)
    {
        var content = _length - start;
        WriteVarint((ulong)content);
        var prefix = _length - start - content;
        Span<byte> length = stackalloc byte[prefix];
        _bytes.AsSpan(start + content, prefix).CopyTo(length);
        _bytes.AsSpan(start, content).CopyTo(_bytes.AsSpan(start + prefix));
        length.CopyTo(_bytes.AsSpan(start));
    }

    private void WriteTag(int number, int wireType) => WriteVarint((ulong)((number << 3) | wireType));

    private void WriteVarint(ulong value)
    {
        while (value >= 0x80)
        {
            Grow(1)[0] = (byte)(value | 0x80);
            value >>= 7;
        }

        Grow(1)[0] = (byte)value;
    }

    private Span<byte> Grow(int count)
    {
        if (_length + count > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        _length += count;
        return _bytes.AsSpan(_length - count, count);
    }
}
