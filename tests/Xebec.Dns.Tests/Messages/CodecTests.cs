using System.Text;
using CsCheck;
using Xebec.Dns.Forwarding;
using Xebec.Dns.Messages;
using Xebec.Dns.Tests.Serving;
using Xebec.Dns.Zones;

namespace Xebec.Dns.Tests.Messages;

/// <summary>Whatever arrives, the codec neither throws nor circles nor writes out of bounds.</summary>
public sealed class CodecTests
{
    private static readonly DnsResponder Responder = new(new ClusterZone(TestCluster.SmallCluster(), "cluster.local"));

    private static readonly string[] Names =
    [
        "web.shop.svc.cluster.local", "db.data.svc.cluster.local", "big.data.svc.cluster.local", "_sql._tcp.big.data.svc.cluster.local",
        "alias.shop.svc.cluster.local", "self.shop.svc.cluster.local", "20.0.96.10.in-addr.arpa", "x.ip6.arpa", "1-2-3-4.shop.pod.cluster.local",
        "www.example.com", "", "cluster.local",
    ];

    private static readonly Gen<byte[]> Queries = Gen.Select(Gen.Int[0, Names.Length - 1].Select(i => Names[i]), Gen.Int[0, 300], Gen.UShort, Gen.Int[0, 4096], Query);

    private static byte[] Query(string name, int type, ushort id, int payload)
    {
        var message = new List<byte> { (byte)(id >> 8), (byte)id, 1, 0, 0, 1, 0, 0, 0, 0, 0, (byte)(payload > 0 ? 1 : 0) };
        foreach (var label in name.Split('.', StringSplitOptions.RemoveEmptyEntries)) message.AddRange([(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]);
        message.AddRange([0, (byte)(type >> 8), (byte)type, 0, 1]);
        if (payload > 0) message.AddRange([0, 0, 41, (byte)(payload >> 8), (byte)payload, 0, 0, 0, 0, 0, 0]);
        return [.. message];
    }

    private static byte[] Respond(byte[] query, bool isStream, out ZoneAnswer answer)
    {
        var response = new byte[DnsWire.MaxMessageLength];
        answer = Responder.Respond(query, response, isStream, out var length, out _);
        return response[..length];
    }

    [Fact]
    public void ArbitraryBytesAreSafe() => Gen.Byte.Array[0, 80].Sample(bytes =>
    {
        Respond(bytes, isStream: false, out _);
        Walk(bytes);
    }, iter: 20_000);

    [Fact]
    public void DamagedQueriesAreSafe() => Gen.Select(Queries, Gen.Select(Gen.Int[0, 79], Gen.Byte).Array[1, 6]).Sample((query, damage) =>
    {
        foreach (var (position, value) in damage) query[position % query.Length] = value;
        Respond(query, isStream: true, out _);
        Walk(query);
    }, iter: 20_000);

    [Fact]
    public void ResponsesFitTheirTransportAndEchoTheQuestion() => Gen.Select(Queries, Gen.Bool).Sample((query, isStream) =>
    {
        var response = Respond(query, isStream, out var answer);
        if (answer != ZoneAnswer.Complete) return;
        var name = new char[DnsWire.MaxNameLength];
        DnsQueryReader.Read(query, name, out var parsed);
        Assert.InRange(response.Length, DnsWire.HeaderLength, isStream ? DnsWire.MaxMessageLength : parsed.UdpLimit);
        Assert.Equal(query[..2], response[..2]);
        Assert.Equal(query.AsSpan(DnsWire.HeaderLength, parsed.QuestionLength), response.AsSpan(DnsWire.HeaderLength, parsed.QuestionLength));
        Assert.Equal(Count(response), Walk(response));
    });

    [Theory]
    [InlineData(0x80, 0x00, true)]
    [InlineData(0x28, 0x00, false)]
    public void ResponsesAreDroppedAndOtherOperationsRefused(byte high, byte low, bool dropped)
    {
        var query = Query("web.shop.svc.cluster.local", DnsType.A, 7, 0);
        (query[2], query[3]) = (high, low);
        var response = Respond(query, isStream: false, out var answer);
        Assert.Equal(dropped ? ZoneAnswer.Drop : ZoneAnswer.Complete, answer);
        if (!dropped) Assert.Equal((int)DnsResponseCode.NotImplemented, response[3] & 0xF);
    }

    [Theory]
    [InlineData(0, 29)]
    [InlineData(4096, 73)]
    public void LongAnswersAreTruncatedOverUdp(int payload, int answers)
    {
        var response = Respond(Query("big.data.svc.cluster.local", DnsType.A, 7, payload), isStream: false, out _);
        Assert.NotEqual(0, response[2] & 0x02);
        Assert.Equal(answers, Walk(response));
    }

    [Fact]
    public void UnknownEdnsVersionIsToldSo()
    {
        var query = Query("web.shop.svc.cluster.local", DnsType.A, 7, 1232);
        query[^5] = 1;
        var response = Respond(query, isStream: false, out _);
        Assert.Equal(0, response[3] & 0xF);
        Assert.Equal(1, response[^6]);
    }

    [Fact]
    public void ClusterNamesAreAnsweredWithoutAllocation()
    {
        var query = Query("_sql._tcp.db.data.svc.cluster.local", DnsType.Srv, 7, 1232);
        var response = new byte[1232];
        Responder.Respond(query, response, false, out _, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) Responder.Respond(query, response, false, out _, out _);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4000);
    }

    // All records, not OPT, that can be walked.
    private static int Walk(byte[] message)
    {
        var count = 0;
        foreach (var _ in new TtlOffsets(message)) count++;
        var reader = new DnsRecordReader(message, new char[DnsWire.MaxNameLength], new char[DnsWire.MaxNameLength]);
        while (reader.MoveNext()) Assert.True(reader.Data.Length <= message.Length);
        return count;
    }

    private static int Count(byte[] message) => (message[6] << 8) + message[7] + (message[8] << 8) + message[9] + (message[10] << 8) + message[11]
        - (HasOpt(message) ? 1 : 0);

    private static bool HasOpt(byte[] message) => message.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0, 0, 41, 4, 208]) == message.Length - 11;
}
