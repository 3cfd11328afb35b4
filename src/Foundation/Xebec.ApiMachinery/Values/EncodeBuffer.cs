using System.Buffers;
using System.Text.Json;

namespace Xebec.ApiMachinery.Values;

/// <summary>A thread's writer and the room it writes to, kept from one value to the next.</summary>
internal sealed class EncodeBuffer
{
    private const int FirstBytes = 16 * 1024;
    private const int LargestKeptBytes = 256 * 1024;

    [ThreadStatic]
    private static EncodeBuffer? t_idle;

    private readonly ArrayBufferWriter<byte> _bytes = new(FirstBytes);
    private readonly Utf8JsonWriter _writer;

    private EncodeBuffer() => _writer = new Utf8JsonWriter(_bytes, Value.WriterOptions);

    /// <summary>The value as compact UTF-8 JSON.</summary>
    public static byte[] Encode(Value value)
    {
        // Nobody else's while it is used; one that failed half way or grew large is not used again.
        var buffer = t_idle ?? new EncodeBuffer();
        t_idle = null;
        value.WriteTo(buffer._writer);
        buffer._writer.Flush();
        var json = buffer._bytes.WrittenSpan.ToArray();
        if (buffer._bytes.Capacity <= LargestKeptBytes)
            t_idle = buffer.Emptied();
        return json;
    }

    private EncodeBuffer Emptied()
    {
        _bytes.ResetWrittenCount();
        _writer.Reset();
        return this;
    }
}
