using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Xebec.Dns.Messages;

/// <summary>
/// Writes one response into a buffer, with names compressed. A record that does not fit within the limit is left out,
/// and an answer left out sets TC.
/// </summary>
internal ref struct DnsWriter
{
    private const int OptLength = 11;
    private readonly Span<byte> _message;
    private readonly Span<ushort> _knownNames;
    private readonly DnsQuery _query;
    private int _knownCount;
    private int _position;
    private int _limit;
    private ushort _flags;
    private DnsResponseCode _code;

    /// <summary>Begins a response to <paramref name="request"/>; <paramref name="knownNames"/> is scratch space for compression.</summary>
    public DnsWriter(ReadOnlySpan<byte> request, in DnsQuery query, Span<byte> message, int limit, Span<ushort> knownNames)
    {
        _message = message;
        _query = query;
        _knownNames = knownNames;
        _flags = (ushort)(DnsWire.ResponseBit | DnsWire.RecursionAvailableBit
            | (query.Flags & (DnsWire.OpcodeMask | DnsWire.RecursionDesiredBit | DnsWire.CheckingDisabledBit)));
        _limit = Math.Min(limit, message.Length) - (query.HasEdns ? OptLength : 0);
        message[..DnsWire.HeaderLength].Clear();
        _position = DnsWire.HeaderLength;
        if (query.QuestionLength == 0) return;
        request.Slice(_position, query.QuestionLength).CopyTo(message[_position..]);
        message[5] = 1;
        RememberLabels(_position);
        _position += query.QuestionLength;
    }

    public DnsResponseCode Code
    {
        readonly get => _code;
        set => _code = value;
    }

    /// <summary>Marks the response as authoritative.</summary>
    public void SetAuthoritative() => _flags |= DnsWire.AuthoritativeBit;

    /// <summary>Records in the answer section so far.</summary>
    public readonly int AnswerCount => BinaryPrimitives.ReadUInt16BigEndian(_message[(int)DnsSection.Answer..]);

    public bool WriteAddress(DnsSection section, scoped ReadOnlySpan<char> owner, uint ttlSeconds, IPAddress address)
    {
        Span<byte> data = stackalloc byte[16];
        address.TryWriteBytes(data, out var length);
        return WriteRecord(section, owner, length == 4 ? DnsType.A : DnsType.Aaaa, ttlSeconds, data[..length], null);
    }

    public bool WriteService(DnsSection section, scoped ReadOnlySpan<char> owner, uint ttlSeconds, ushort weight, ushort port, scoped ReadOnlySpan<char> target)
    {
        Span<byte> data = stackalloc byte[6];
        data.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(data[2..], weight);
        BinaryPrimitives.WriteUInt16BigEndian(data[4..], port);
        return WriteRecord(section, owner, DnsType.Srv, ttlSeconds, data, target, compress: false);
    }

    /// <summary>A record whose data is one name: CNAME or PTR.</summary>
    public bool WriteName(DnsSection section, scoped ReadOnlySpan<char> owner, ushort type, uint ttlSeconds, scoped ReadOnlySpan<char> target) =>
        WriteRecord(section, owner, type, ttlSeconds, [], target);

    public bool WriteText(DnsSection section, scoped ReadOnlySpan<char> owner, uint ttlSeconds, scoped ReadOnlySpan<char> text)
    {
        Span<byte> data = stackalloc byte[256];
        data[0] = (byte)Encoding.ASCII.GetBytes(text[..Math.Min(text.Length, 255)], data[1..]);
        return WriteRecord(section, owner, DnsType.Txt, ttlSeconds, data[..(data[0] + 1)], null);
    }

    /// <summary>The SOA of <paramref name="zone"/>; its minimum (the life of a negative answer) is the TTL.</summary>
    public bool WriteAuthority(DnsSection section, scoped ReadOnlySpan<char> zone, uint ttlSeconds, uint serial)
    {
        var mark = (_position, _knownCount);
        if (!TryBegin(zone, DnsType.Soa, ttlSeconds, out var lengthAt)
            || !TryWriteName($"ns.dns.{zone}", compress: true) || !TryWriteName($"hostmaster.{zone}", compress: true)
            || _position + 20 > _limit)
        {
            return Undo(mark, section);
        }

        foreach (var value in (ReadOnlySpan<uint>)[serial, 7200, 1800, 86400, ttlSeconds])
        {
            BinaryPrimitives.WriteUInt32BigEndian(_message[_position..], value);
            _position += 4;
        }

        return End(section, lengthAt);
    }

    /// <summary>A record with data as it is, then optionally a name.</summary>
    public bool WriteRecord(DnsSection section, scoped ReadOnlySpan<char> owner, ushort type, uint ttlSeconds,
        scoped ReadOnlySpan<byte> data, scoped ReadOnlySpan<char> target, bool compress = true)
    {
        var mark = (_position, _knownCount);
        if (!TryBegin(owner, type, ttlSeconds, out var lengthAt) || _position + data.Length > _limit) return Undo(mark, section);
        data.CopyTo(_message[_position..]);
        _position += data.Length;
        if (target.Length > 0 && !TryWriteName(target, compress)) return Undo(mark, section);
        return End(section, lengthAt);
    }

    /// <summary>Completes header and OPT; the length of the message.</summary>
    public int Finish()
    {
        if (_query.HasEdns) WriteOpt();
        BinaryPrimitives.WriteUInt16BigEndian(_message, _query.Id);
        BinaryPrimitives.WriteUInt16BigEndian(_message[2..], (ushort)(_flags | ((int)_code & 0xF)));
        return _position;
    }

    private void WriteOpt()
    {
        var opt = _message.Slice(_position, OptLength);
        opt.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(opt[1..], DnsType.Opt);
        BinaryPrimitives.WriteUInt16BigEndian(opt[3..], DnsWire.EdnsUdpLength);
        opt[5] = (byte)((int)_code >> 4);
        if (_query.DnssecOk) opt[7] = 0x80;
        _position += OptLength;
        Count(DnsSection.Additional);
    }

    private bool TryBegin(scoped ReadOnlySpan<char> owner, ushort type, uint ttlSeconds, out int lengthAt)
    {
        lengthAt = 0;
        if (!TryWriteName(owner, compress: true) || _position + 10 > _limit) return false;
        BinaryPrimitives.WriteUInt16BigEndian(_message[_position..], type);
        BinaryPrimitives.WriteUInt16BigEndian(_message[(_position + 2)..], DnsWire.ClassInternet);
        BinaryPrimitives.WriteUInt32BigEndian(_message[(_position + 4)..], ttlSeconds);
        lengthAt = _position + 8;
        _position += 10;
        return true;
    }

    private bool End(DnsSection section, int lengthAt)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_message[lengthAt..], (ushort)(_position - lengthAt - 2));
        Count(section);
        return true;
    }

    private bool Undo((int Position, int Known) mark, DnsSection section)
    {
        (_position, _knownCount) = mark;
        if (section == DnsSection.Answer) _flags |= DnsWire.TruncatedBit;
        return false;
    }

    private readonly void Count(DnsSection section)
    {
        var count = _message[(int)section..];
        BinaryPrimitives.WriteUInt16BigEndian(count, (ushort)(BinaryPrimitives.ReadUInt16BigEndian(count) + 1));
    }

    private bool TryWriteName(scoped ReadOnlySpan<char> name, bool compress)
    {
        while (name.Length > 0)
        {
            if (compress && Known(name) is { } offset) return TryWritePointer(offset);
            var dot = name.IndexOf('.');
            var label = dot < 0 ? name : name[..dot];
            if (label.Length is 0 or > DnsWire.MaxLabelLength || _position + 1 + label.Length > _limit) return false;
            if (_knownCount < _knownNames.Length && _position < 0x4000) _knownNames[_knownCount++] = (ushort)_position;
            _message[_position++] = (byte)label.Length;
            foreach (var character in label) _message[_position++] = (byte)character;
            name = dot < 0 ? [] : name[(dot + 1)..];
        }

        if (_position + 1 > _limit) return false;
        _message[_position++] = 0;
        return true;
    }

    private bool TryWritePointer(ushort offset)
    {
        if (_position + 2 > _limit) return false;
        BinaryPrimitives.WriteUInt16BigEndian(_message[_position..], (ushort)(0xC000 | offset));
        _position += 2;
        return true;
    }

    private readonly ushort? Known(scoped ReadOnlySpan<char> name)
    {
        foreach (var offset in _knownNames[.._knownCount])
        {
            if (IsAt(offset, name)) return offset;
        }

        return null;
    }

    private readonly bool IsAt(int offset, scoped ReadOnlySpan<char> name)
    {
        while (true)
        {
            int label = _message[offset];
            if ((label & DnsWire.PointerMask) != 0)
            {
                offset = ((label & 0x3F) << 8) | _message[offset + 1];
                continue;
            }

            if (label == 0) return name.IsEmpty;
            if (label > name.Length || (label < name.Length && name[label] != '.')) return false;
            for (var i = 0; i < label; i++)
            {
                if (ToLower(_message[offset + 1 + i]) != name[i]) return false;
            }

            name = label < name.Length ? name[(label + 1)..] : [];
            offset += 1 + label;
        }
    }

    private static char ToLower(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? (char)(value | 0x20) : (char)value;

    private void RememberLabels(int offset)
    {
        while (_message[offset] != 0 && _knownCount < _knownNames.Length)
        {
            _knownNames[_knownCount++] = (ushort)offset;
            offset += 1 + _message[offset];
        }
    }
}
