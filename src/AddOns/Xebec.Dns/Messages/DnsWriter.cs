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
    private readonly Span<byte> message;
    private readonly Span<ushort> knownNames;
    private readonly DnsQuery query;
    private int knownCount;
    private int position;
    private int limit;
    private ushort flags;
    private DnsResponseCode code;

    /// <summary>Begins a response to <paramref name="request"/>; <paramref name="knownNames"/> is scratch space for compression.</summary>
    public DnsWriter(ReadOnlySpan<byte> request, in DnsQuery query, Span<byte> message, int limit, Span<ushort> knownNames)
    {
        this.message = message;
        this.query = query;
        this.knownNames = knownNames;
        flags = (ushort)(DnsWire.ResponseBit | DnsWire.RecursionAvailableBit
            | (query.Flags & (DnsWire.OpcodeMask | DnsWire.RecursionDesiredBit | DnsWire.CheckingDisabledBit)));
        this.limit = Math.Min(limit, message.Length) - (query.HasEdns ? OptLength : 0);
        message[..DnsWire.HeaderLength].Clear();
        position = DnsWire.HeaderLength;
        if (query.QuestionLength == 0) return;
        request.Slice(position, query.QuestionLength).CopyTo(message[position..]);
        message[5] = 1;
        RememberLabels(position);
        position += query.QuestionLength;
    }

    public DnsResponseCode Code
    {
        readonly get => code;
        set => code = value;
    }

    /// <summary>Marks the response as authoritative.</summary>
    public void SetAuthoritative() => flags |= DnsWire.AuthoritativeBit;

    /// <summary>Records in the answer section so far.</summary>
    public readonly int AnswerCount => BinaryPrimitives.ReadUInt16BigEndian(message[(int)DnsSection.Answer..]);

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
        var mark = (position, knownCount);
        if (!TryBegin(zone, DnsType.Soa, ttlSeconds, out var lengthAt)
            || !TryWriteName($"ns.dns.{zone}", compress: true) || !TryWriteName($"hostmaster.{zone}", compress: true)
            || position + 20 > limit)
        {
            return Undo(mark, section);
        }

        foreach (var value in (ReadOnlySpan<uint>)[serial, 7200, 1800, 86400, ttlSeconds])
        {
            BinaryPrimitives.WriteUInt32BigEndian(message[position..], value);
            position += 4;
        }

        return End(section, lengthAt);
    }

    /// <summary>A record with data as it is, then optionally a name.</summary>
    public bool WriteRecord(DnsSection section, scoped ReadOnlySpan<char> owner, ushort type, uint ttlSeconds,
        scoped ReadOnlySpan<byte> data, scoped ReadOnlySpan<char> target, bool compress = true)
    {
        var mark = (position, knownCount);
        if (!TryBegin(owner, type, ttlSeconds, out var lengthAt) || position + data.Length > limit) return Undo(mark, section);
        data.CopyTo(message[position..]);
        position += data.Length;
        if (target.Length > 0 && !TryWriteName(target, compress)) return Undo(mark, section);
        return End(section, lengthAt);
    }

    /// <summary>Completes header and OPT; the length of the message.</summary>
    public int Finish()
    {
        if (query.HasEdns) WriteOpt();
        BinaryPrimitives.WriteUInt16BigEndian(message, query.Id);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], (ushort)(flags | ((int)code & 0xF)));
        return position;
    }

    private void WriteOpt()
    {
        var opt = message.Slice(position, OptLength);
        opt.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(opt[1..], DnsType.Opt);
        BinaryPrimitives.WriteUInt16BigEndian(opt[3..], DnsWire.EdnsUdpLength);
        opt[5] = (byte)((int)code >> 4);
        if (query.DnssecOk) opt[7] = 0x80;
        position += OptLength;
        Count(DnsSection.Additional);
    }

    private bool TryBegin(scoped ReadOnlySpan<char> owner, ushort type, uint ttlSeconds, out int lengthAt)
    {
        lengthAt = 0;
        if (!TryWriteName(owner, compress: true) || position + 10 > limit) return false;
        BinaryPrimitives.WriteUInt16BigEndian(message[position..], type);
        BinaryPrimitives.WriteUInt16BigEndian(message[(position + 2)..], DnsWire.ClassInternet);
        BinaryPrimitives.WriteUInt32BigEndian(message[(position + 4)..], ttlSeconds);
        lengthAt = position + 8;
        position += 10;
        return true;
    }

    private bool End(DnsSection section, int lengthAt)
    {
        BinaryPrimitives.WriteUInt16BigEndian(message[lengthAt..], (ushort)(position - lengthAt - 2));
        Count(section);
        return true;
    }

    private bool Undo((int Position, int Known) mark, DnsSection section)
    {
        (position, knownCount) = mark;
        if (section == DnsSection.Answer) flags |= DnsWire.TruncatedBit;
        return false;
    }

    private readonly void Count(DnsSection section)
    {
        var count = message[(int)section..];
        BinaryPrimitives.WriteUInt16BigEndian(count, (ushort)(BinaryPrimitives.ReadUInt16BigEndian(count) + 1));
    }

    private bool TryWriteName(scoped ReadOnlySpan<char> name, bool compress)
    {
        while (name.Length > 0)
        {
            if (compress && Known(name) is { } offset) return TryWritePointer(offset);
            var dot = name.IndexOf('.');
            var label = dot < 0 ? name : name[..dot];
            if (label.Length is 0 or > DnsWire.MaxLabelLength || position + 1 + label.Length > limit) return false;
            if (knownCount < knownNames.Length && position < 0x4000) knownNames[knownCount++] = (ushort)position;
            message[position++] = (byte)label.Length;
            foreach (var character in label) message[position++] = (byte)character;
            name = dot < 0 ? [] : name[(dot + 1)..];
        }

        if (position + 1 > limit) return false;
        message[position++] = 0;
        return true;
    }

    private bool TryWritePointer(ushort offset)
    {
        if (position + 2 > limit) return false;
        BinaryPrimitives.WriteUInt16BigEndian(message[position..], (ushort)(0xC000 | offset));
        position += 2;
        return true;
    }

    private readonly ushort? Known(scoped ReadOnlySpan<char> name)
    {
        foreach (var offset in knownNames[..knownCount])
        {
            if (IsAt(offset, name)) return offset;
        }

        return null;
    }

    private readonly bool IsAt(int offset, scoped ReadOnlySpan<char> name)
    {
        while (true)
        {
            int label = message[offset];
            if ((label & DnsWire.PointerMask) != 0)
            {
                offset = ((label & 0x3F) << 8) | message[offset + 1];
                continue;
            }

            if (label == 0) return name.IsEmpty;
            if (label > name.Length || (label < name.Length && name[label] != '.')) return false;
            for (var i = 0; i < label; i++)
            {
                if (ToLower(message[offset + 1 + i]) != name[i]) return false;
            }

            name = label < name.Length ? name[(label + 1)..] : [];
            offset += 1 + label;
        }
    }

    private static char ToLower(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? (char)(value | 0x20) : (char)value;

    private void RememberLabels(int offset)
    {
        while (message[offset] != 0 && knownCount < knownNames.Length)
        {
            knownNames[knownCount++] = (ushort)offset;
            offset += 1 + message[offset];
        }
    }
}
