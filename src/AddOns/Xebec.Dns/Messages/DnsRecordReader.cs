using System.Buffers.Binary;

namespace Xebec.Dns.Messages;

/// <summary>Walks the answers of a response; malformed input ends the walk.</summary>
internal ref struct DnsRecordReader
{
    private readonly ReadOnlySpan<byte> _message;
    private readonly Span<char> _owner, _target;
    private int _ownerLength, _targetLength, _position, _left;

    public DnsRecordReader(ReadOnlySpan<byte> message, Span<char> owner, Span<char> target)
    {
        _message = message;
        _owner = owner;
        _target = target;
        Code = DnsResponseCode.ServerFailure;
        if (message.Length < DnsWire.HeaderLength) return;
        Code = (DnsResponseCode)(message[3] & 0xF);
        _left = BinaryPrimitives.ReadUInt16BigEndian(message[(int)DnsSection.Answer..]);
        _position = DnsWire.HeaderLength;
        for (var questions = BinaryPrimitives.ReadUInt16BigEndian(message[4..]); questions > 0; questions--)
        {
            if (!DnsNames.TrySkip(message, ref _position)) _left = 0;
            _position += 4;
        }
    }

    public DnsResponseCode Code { get; }

    public ushort Type { get; private set; }

    public uint TtlSeconds { get; private set; }

    public ReadOnlySpan<byte> Data { get; private set; }

    public readonly ReadOnlySpan<char> Owner => _owner[.._ownerLength];

    /// <summary>The name that is the data of a CNAME.</summary>
    public readonly ReadOnlySpan<char> Target => _target[.._targetLength];

    /// <summary>True if the data holds no name, which may be compressed: it means the same in another message.</summary>
    public readonly bool HasPlainData => Type is DnsType.A or DnsType.Aaaa or DnsType.Txt;

    public bool MoveNext()
    {
        if (_left-- <= 0 || !DnsNames.TryRead(_message, ref _position, _owner, out _ownerLength) || _position + 10 > _message.Length) return false;
        Type = BinaryPrimitives.ReadUInt16BigEndian(_message[_position..]);
        TtlSeconds = BinaryPrimitives.ReadUInt32BigEndian(_message[(_position + 4)..]);
        var length = BinaryPrimitives.ReadUInt16BigEndian(_message[(_position + 8)..]);
        _position += 10;
        if (_position + length > _message.Length) return false;
        Data = _message.Slice(_position, length);
        var name = _position;
        _position += length;
        return Type != DnsType.Cname || DnsNames.TryRead(_message, ref name, _target, out _targetLength);
    }
}
