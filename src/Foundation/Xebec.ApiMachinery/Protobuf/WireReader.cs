using System.Buffers.Binary;
using Xebec.ApiMachinery.Decoding;

namespace Xebec.ApiMachinery.Protobuf;

/// <summary>Reads protobuf fields from bytes; every malformed input is a <see cref="DecodeException"/>.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private const int MaximumGroupDepth = 64;
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Reads a tag.</summary>
    public (uint Number, WireType Type) Tag()
    {
        var tag = Varint();
        if (tag >> 3 is 0 or > 0x1FFFFFFF || (tag & 7) > 5)
            throw new DecodeException("proto: illegal tag");
        return ((uint)(tag >> 3), (WireType)(tag & 7));
    }

    public ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_rest.IsEmpty)
                throw new DecodeException("unexpected EOF");
            var b = _rest[0];
            _rest = _rest[1..];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80)
                return value;
        }

        throw new DecodeException("proto: integer overflow");
    }

    public ReadOnlySpan<byte> Bytes()
    {
        var length = Varint();
        if (length > int.MaxValue)
            throw new DecodeException("proto: negative length found during unmarshaling");
        return Take((int)length);
    }

    public ulong Fixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>Steps over the value of an unknown field.</summary>
    public void Skip(WireType type)
    {
        switch (type)
        {
            case WireType.Varint:
                Varint();
                break;
            case WireType.Fixed64:
                Take(8);
                break;
            case WireType.Bytes:
                Bytes();
                break;
            case WireType.Fixed32:
                Take(4);
                break;
            case WireType.StartGroup:
                SkipGroup(0);
                break;
            default:
                throw new DecodeException("proto: unexpected end of group");
        }
    }

    /// <summary>Fails when a field has another wire type than the schema says.</summary>
    public static void Expect(WireType expected, WireType found, string field)
    {
        if (expected != found)
            throw new DecodeException($"proto: wrong wireType = {(int)found} for field {field}");
    }

    private void SkipGroup(int depth)
    {
        if (depth > MaximumGroupDepth)
            throw new DecodeException("proto: groups nested too deep");
        while (true)
        {
            var (_, type) = Tag();
            if (type == WireType.EndGroup)
                return;
            if (type == WireType.StartGroup)
                SkipGroup(depth + 1);
            else
                Skip(type);
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
            throw new DecodeException("unexpected EOF");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
