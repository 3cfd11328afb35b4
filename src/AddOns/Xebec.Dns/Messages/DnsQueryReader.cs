using System.Buffers.Binary;

namespace Xebec.Dns.Messages;

/// <summary>Reads queries. Any bytes are safe: it never throws and never loops.</summary>
internal static class DnsQueryReader
{
    /// <summary>
    /// Reads one query into <paramref name="query"/> and its name into <paramref name="name"/> (at least 255 characters).
    /// Null: not to be answered at all; otherwise the error to answer, NoError for a good query.
    /// </summary>
    public static DnsResponseCode? Read(ReadOnlySpan<byte> message, Span<char> name, out DnsQuery query)
    {
        query = default;
        if (message.Length < DnsWire.HeaderLength) return null;
        query.Id = BinaryPrimitives.ReadUInt16BigEndian(message);
        query.Flags = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
        if ((query.Flags & DnsWire.ResponseBit) != 0) return null;
        if ((query.Flags & DnsWire.OpcodeMask) != 0) return DnsResponseCode.NotImplemented;
        if (BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != 1) return DnsResponseCode.FormatError;
        return ReadQuestion(message, name, ref query) && ReadRecords(message, ref query)
            ? query.EdnsVersion == 0 ? DnsResponseCode.NoError : DnsResponseCode.BadVersion
            : DnsResponseCode.FormatError;
    }

    private static bool ReadQuestion(ReadOnlySpan<byte> message, Span<char> name, ref DnsQuery query)
    {
        var position = DnsWire.HeaderLength;
        if (!DnsNames.TryReadPlain(message, ref position, name, out query.NameLength) || position + 4 > message.Length) return false;
        query.Type = BinaryPrimitives.ReadUInt16BigEndian(message[position..]);
        query.Class = BinaryPrimitives.ReadUInt16BigEndian(message[(position + 2)..]);
        query.QuestionLength = position + 4 - DnsWire.HeaderLength;
        return true;
    }

    // Looks for OPT among whatever follows the question.
    private static bool ReadRecords(ReadOnlySpan<byte> message, ref DnsQuery query)
    {
        var position = DnsWire.HeaderLength + query.QuestionLength;
        var count = BinaryPrimitives.ReadUInt16BigEndian(message[6..]) + BinaryPrimitives.ReadUInt16BigEndian(message[8..])
            + BinaryPrimitives.ReadUInt16BigEndian(message[10..]);
        for (; count > 0; count--)
        {
            var start = position;
            if (!DnsNames.TrySkip(message, ref position) || position + 10 > message.Length) return false;
            var fixedPart = message[position..];
            position += 10 + BinaryPrimitives.ReadUInt16BigEndian(fixedPart[8..]);
            if (position > message.Length) return false;
            if (BinaryPrimitives.ReadUInt16BigEndian(fixedPart) != DnsType.Opt) continue;
            if (query.HasEdns || message[start] != 0) return false;
            query.HasEdns = true;
            query.UdpPayloadLength = BinaryPrimitives.ReadUInt16BigEndian(fixedPart[2..]);
            query.EdnsVersion = fixedPart[5];
            query.DnssecOk = (fixedPart[6] & 0x80) != 0;
        }

        return true;
    }
}
