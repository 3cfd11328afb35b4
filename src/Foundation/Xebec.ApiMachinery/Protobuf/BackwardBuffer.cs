using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Protobuf;

/// <summary>
/// Protobuf written from its end to its beginning, so that every message's length is known when its header is written. Pooled;
/// fields go in from the last to the first.
/// </summary>
internal sealed class BackwardBuffer : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(4096);
    private int _start;

    // Raw extensions are few and small: one scratch buffer a thread serves every writer.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_json;

    [ThreadStatic]
    private static Utf8JsonWriter? s_jsonWriter;

    public BackwardBuffer() => _start = _bytes.Length;

    public int Length => _bytes.Length - _start;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(_start);

    public void Clear() => _start = _bytes.Length;

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Room(bytes.Length));

    public void Json(Value value)
    {
        var scratch = s_json ??= new ArrayBufferWriter<byte>(1024);
        var writer = s_jsonWriter ??= new Utf8JsonWriter(scratch, Value.WriterOptions);
        scratch.ResetWrittenCount();
        writer.Reset(scratch);
        value.WriteTo(writer);
        writer.Flush();
        Bytes(scratch.WrittenSpan);
    }

    public void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Encoding.UTF8.GetBytes(text, Room(length));
        Varint((ulong)length);
    }

    public void Varint(ulong value)
    {
        var length = 1;
        for (var rest = value >> 7; rest != 0; rest >>= 7)
            length++;
        var room = Room(length);
        for (var i = 0; i < length; i++, value >>= 7)
            room[i] = (byte)(value & 0x7f | (i + 1 < length ? 0x80u : 0));
    }

    public void Fixed64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Room(8), value);

    public void Tag(int number, WireType type) => Varint(((uint)number << 3) | (uint)type);

    public void TextField(int number, string text)
    {
        Text(text);
        Tag(number, WireType.Bytes);
    }

    public void VarintField(int number, long value)
    {
        Varint((ulong)value);
        Tag(number, WireType.Varint);
    }

    /// <summary>Puts the header before what was written since the buffer had the given length.</summary>
    public void Header(int number, int lengthBefore)
    {
        Varint((ulong)(Length - lengthBefore));
        Tag(number, WireType.Bytes);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _start = 0;
    }

    public Span<byte> Room(int count)
    {
        if (count > _start)
            Grow(count);
        _start -= count;
        return _bytes.AsSpan(_start, count);
    }

    private void Grow(int count)
    {
        var length = Length;
        var larger = ArrayPool<byte>.Shared.Rent(checked(Math.Max(_bytes.Length * 2, length + count)));
        _bytes.AsSpan(_start).CopyTo(larger.AsSpan(larger.Length - length));
        ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _start) = (larger, larger.Length - length);
    }
}
