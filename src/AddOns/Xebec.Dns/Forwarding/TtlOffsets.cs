using System.Buffers.Binary;
using Xebec.Dns.Messages;

namespace Xebec.Dns.Forwarding;

/// <summary>Walks a response and gives where each record's TTL stands (OPT has none); malformed input ends the walk.</summary>
internal ref struct TtlOffsets
{
    private readonly ReadOnlySpan<byte> message;
    private int position, records;

    public TtlOffsets(ReadOnlySpan<byte> message)
    {
        this.message = message;
        if (message.Length < DnsWire.HeaderLength) return;
        position = DnsWire.HeaderLength;
        for (var questions = Count(4); questions > 0; questions--)
        {
            if (!DnsNames.TrySkip(message, ref position)) return;
            position += 4;
        }

        records = Count(6) + Count(8) + Count(10);
    }

    public int Current { get; private set; }

    public readonly TtlOffsets GetEnumerator() => this;

    public bool MoveNext()
    {
        while (records-- > 0 && DnsNames.TrySkip(message, ref position) && position + 10 <= message.Length)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(message[position..]);
            Current = position + 4;
            position += 10 + BinaryPrimitives.ReadUInt16BigEndian(message[(position + 8)..]);
            if (type != DnsType.Opt) return true;
        }

        return false;
    }

    private readonly int Count(int offset) => BinaryPrimitives.ReadUInt16BigEndian(message[offset..]);
}
