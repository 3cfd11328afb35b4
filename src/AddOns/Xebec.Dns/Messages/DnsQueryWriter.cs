using System.Buffers.Binary;

namespace Xebec.Dns.Messages;

/// <summary>Writes the queries that we ask ourselves.</summary>
internal static class DnsQueryWriter
{
    /// <summary>The same query as <paramref name="request"/> (id, flags, type) for another name, without EDNS.</summary>
    public static byte[] Retarget(ReadOnlySpan<byte> request, ReadOnlySpan<char> name)
    {
        Span<char> buffer = stackalloc char[DnsWire.MaxNameLength];
        DnsQueryReader.Read(request, buffer, out var query);
        var message = new byte[DnsWire.HeaderLength + name.Length + 2 + 4];
        request[..4].CopyTo(message);
        message[5] = 1;
        var position = DnsWire.HeaderLength;
        foreach (var range in name.Split('.'))
        {
            var label = name[range];
            message[position++] = (byte)label.Length;
            foreach (var character in label) message[position++] = (byte)character;
        }

        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(position + 1), query.Type);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(position + 3), DnsWire.ClassInternet);
        return message;
    }
}
