using System.Buffers.Binary;

namespace Xebec.Dns.Messages;

/// <summary>Walks the answers of a response; malformed input ends the walk.</summary>
internal ref struct DnsRecordReader
{
    private readonly ReadOnlySpan<byte> message;
    private readonly Span<char> owner, target;
    private int ownerLength, targetLength, position, left;

    public DnsRecordReader(ReadOnlySpan<byte> message, Span<char> owner, Span<char> target)
    {
        this.message = message;
        this.owner = owner;
        this.target = target;
        Code = DnsResponseCode.ServerFailure;
        if (message.Length < DnsWire.HeaderLength) return;
        Code = (DnsResponseCode)(message[3] & 0xF);
        left = BinaryPrimitives.ReadUInt16BigEndian(message[(int)DnsSection.Answer..]);
        position = DnsWire.HeaderLength;
        for (var questions = BinaryPrimitives.ReadUInt16BigEndian(message[4..]); questions > 0; questions--)
        {
            if (!DnsNames.TrySkip(message, ref position)) left = 0;
            position += 4;
        }
    }

    public DnsResponseCode Code { get; }

    public ushort Type { get; private set; }

    public uint TtlSeconds { get; private set; }

    public ReadOnlySpan<byte> Data { get; private set; }

    public readonly ReadOnlySpan<char> Owner => owner[..ownerLength];

    /// <summary>The name that is the data of a CNAME.</summary>
    public readonly ReadOnlySpan<char> Target => target[..targetLength];

    /// <summary>True if the data holds no name, which may be compressed: it means the same in another message.</summary>
    public readonly bool HasPlainData => Type is DnsType.A or DnsType.Aaaa or DnsType.Txt;

    public bool MoveNext()
    {
        if (left-- <= 0 || !DnsNames.TryRead(message, ref position, owner, out ownerLength) || position + 10 > message.Length) return false;
        Type = BinaryPrimitives.ReadUInt16BigEndian(message[position..]);
        TtlSeconds = BinaryPrimitives.ReadUInt32BigEndian(message[(position + 4)..]);
        var length = BinaryPrimitives.ReadUInt16BigEndian(message[(position + 8)..]);
        position += 10;
        if (position + length > message.Length) return false;
        Data = message.Slice(position, length);
        var name = position;
        position += length;
        return Type != DnsType.Cname || DnsNames.TryRead(message, ref name, target, out targetLength);
    }
}
