using Xebec.Dns.Messages;

namespace Xebec.Dns.Zones;

/// <summary>Query bytes to response bytes; the pure heart of the server.</summary>
internal sealed class DnsResponder(ClusterZone zone)
{
    private const int ScratchNames = 64;

    /// <summary>
    /// Answers <paramref name="request"/> into <paramref name="response"/>, no longer than the transport allows.
    /// <paramref name="target"/> is the name to ask for when the answer is Chase.
    /// </summary>
    public ZoneAnswer Respond(ReadOnlySpan<byte> request, Span<byte> response, bool isStream, out int length, out string? target)
    {
        Span<char> name = stackalloc char[DnsWire.MaxNameLength];
        length = 0;
        target = null;
        if (DnsQueryReader.Read(request, name, out var query) is not { } code) return ZoneAnswer.Drop;
        var writer = new DnsWriter(request, query, response, Limit(query, isStream), stackalloc ushort[ScratchNames]);
        writer.Code = code;
        var answer = code == DnsResponseCode.NoError
            ? zone.Answer(name[..query.NameLength], query, ref writer, out target)
            : ZoneAnswer.Complete;
        if (answer == ZoneAnswer.Complete) length = writer.Finish();
        return answer;
    }

    /// <summary>The response to a query that cannot be answered properly.</summary>
    public static int Fail(ReadOnlySpan<byte> request, Span<byte> response, DnsResponseCode code)
    {
        Span<char> name = stackalloc char[DnsWire.MaxNameLength];
        DnsQueryReader.Read(request, name, out var query);
        var writer = new DnsWriter(request, query, response, DnsWire.PlainUdpLength, []) { Code = code };
        return writer.Finish();
    }

    /// <summary>Completes a Chase: the zone's CNAMEs, then the answers that <paramref name="upstream"/> gave for their target.</summary>
    public int Complete(ReadOnlySpan<byte> request, ReadOnlySpan<byte> upstream, Span<byte> response, bool isStream)
    {
        Span<char> name = stackalloc char[DnsWire.MaxNameLength];
        DnsQueryReader.Read(request, name, out var query);
        var writer = new DnsWriter(request, query, response, Limit(query, isStream), stackalloc ushort[ScratchNames]);
        zone.Answer(name[..query.NameLength], query, ref writer, out _);
        var records = new DnsRecordReader(upstream, stackalloc char[DnsWire.MaxNameLength], stackalloc char[DnsWire.MaxNameLength]);
        writer.Code = records.Code;
        while (records.MoveNext())
        {
            if (records.Type == DnsType.Cname) writer.WriteName(DnsSection.Answer, records.Owner, DnsType.Cname, records.TtlSeconds, records.Target);
            else if (records.HasPlainData) writer.WriteRecord(DnsSection.Answer, records.Owner, records.Type, records.TtlSeconds, records.Data, []);
        }

        return writer.Finish();
    }

    private static int Limit(in DnsQuery query, bool isStream) => isStream ? DnsWire.MaxMessageLength : query.UdpLimit;
}
