using System.Buffers.Binary;
using Xebec.Dns.Messages;

namespace Xebec.Dns.Forwarding;

/// <summary>The TTLs of a whole response.</summary>
internal static class ResponseLife
{
    /// <summary>The shortest TTL; 0 for what must not be kept: failures, truncated and malformed responses, empty ones.</summary>
    public static uint Seconds(ReadOnlySpan<byte> response)
    {
        if (response.Length < DnsWire.HeaderLength || (response[2] & (DnsWire.TruncatedBit >> 8)) != 0) return 0;
        if ((DnsResponseCode)(response[3] & 0xF) is not (DnsResponseCode.NoError or DnsResponseCode.NameError)) return 0;
        var shortest = uint.MaxValue;
        foreach (var offset in new TtlOffsets(response))
            shortest = Math.Min(shortest, BinaryPrimitives.ReadUInt32BigEndian(response[offset..]));

        return shortest == uint.MaxValue ? 0 : shortest;
    }

    /// <summary>Takes <paramref name="seconds"/> off every TTL.</summary>
    public static void Age(Span<byte> response, uint seconds)
    {
        foreach (var offset in new TtlOffsets(response))
        {
            var ttl = BinaryPrimitives.ReadUInt32BigEndian(response[offset..]);
            BinaryPrimitives.WriteUInt32BigEndian(response[offset..], ttl > seconds ? ttl - seconds : 0);
        }
    }
}
