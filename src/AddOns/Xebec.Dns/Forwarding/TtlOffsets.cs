using System.Buffers.Binary;
using Xebec.Dns.Messages;

namespace Xebec.Dns.Forwarding;

/// <summary>Walks a response and gives where each record's TTL stands (OPT has none); malformed input ends the walk.</summary>
internal ref struct TtlOffsets
{
    private readonly ReadOnlySpan<byte> _message;
    private int _position, _records;

    public TtlOffsets(ReadOnlySpan<byte> message)
    {
        _message = message;
        if (message.Length < DnsWire.HeaderLength) return;
        _position = DnsWire.HeaderLength;
        for (var questions = Count(4); questions > 0; questions--)
        {
            if (!DnsNames.TrySkip(message, ref _position)) return;
            _position += 4;
        }

        _records = Count(6) + Count(8) + Count(10);
    }

    public int Current { get; private set; }

    public readonly TtlOffsets GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_records-- > 0 && DnsNames.TrySkip(_message, ref _position) && _position + 10 <= _message.Length)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(_message[_position..]);
            Current = _position + 4;
            _position += 10 + BinaryPrimitives.ReadUInt16BigEndian(_message[(_position + 8)..]);
            if (type != DnsType.Opt) return true;
        }

        return false;
    }

    private readonly int Count(int offset) => BinaryPrimitives.ReadUInt16BigEndian(_message[offset..]);
}
