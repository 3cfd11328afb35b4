using System.Net;
using DnsClient;
using Microsoft.Extensions.Time.Testing;
using Xebec.Dns.Forwarding;
using Xebec.Dns.Tests.Serving;

namespace Xebec.Dns.Tests.Forwarding;

public sealed class ForwardingTests : IDisposable
{
    private readonly FakeUpstream _upstream = new();

    public void Dispose() => _upstream.Dispose();

    private static LookupClient Client(TestCluster cluster) => new(new LookupClientOptions(cluster.EndPoint) { UseCache = false, Retries = 0 });

    [Fact]
    public async Task OtherNamesComeFromUpstreamAndThenFromTheCache()
    {
        await using var cluster = new TestCluster(_upstream.EndPoint);
        for (var i = 0; i < 3; i++)
        {
            var response = await Client(cluster).QueryAsync("www.example.com", QueryType.A);
            Assert.Equal("203.0.113.1", Assert.Single(response.Answers.ARecords()).Address.ToString());
        }

        Assert.Equal(1, _upstream.Questions);
    }

    [Fact]
    public async Task ExternalNameIsChased()
    {
        await using var cluster = new TestCluster(_upstream.EndPoint);
        var response = await Client(cluster).QueryAsync("outside.shop.svc.cluster.local", QueryType.A);
        Assert.Equal("www.example.com.", Assert.Single(response.Answers.CnameRecords()).CanonicalName.Value);
        Assert.Equal("www.example.com.", Assert.Single(response.Answers.ARecords()).DomainName.Value);
    }

    [Fact]
    public async Task ClusterNamesNeverReachUpstream()
    {
        await using var cluster = new TestCluster(_upstream.EndPoint);
        await Client(cluster).QueryAsync("www.example.com.shop.svc.cluster.local", QueryType.A);
        Assert.Equal(0, _upstream.Questions);
    }

    [Fact]
    public async Task NextUpstreamAnswersWhenTheFirstIsGone()
    {
        var gone = new FakeUpstream();
        var address = gone.EndPoint;
        gone.Dispose();
        await using var cluster = new TestCluster(address, _upstream.EndPoint);
        Assert.Single((await Client(cluster).QueryAsync("www.example.com", QueryType.A)).Answers);
    }

    [Fact]
    public async Task CachedResponseAgesAndDies()
    {
        var time = new FakeTimeProvider();
        var forwarder = new Forwarder([_upstream.EndPoint], time);
        byte[] query = [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, (byte)'x', 0, 0, 1, 0, 1];
        Assert.Equal(60u, Ttl(await forwarder.AskAsync(query, false, CancellationToken.None)));
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(40u, Ttl(await forwarder.AskAsync(query, false, CancellationToken.None)));
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(60u, Ttl(await forwarder.AskAsync(query, false, CancellationToken.None)));
    }

    [Fact]
    public async Task ResolverThatFailedTwiceRests()
    {
        var gone = new FakeUpstream();
        var time = new FakeTimeProvider();
        var resolver = new Upstream(gone.EndPoint, time);
        gone.Dispose();
        for (var i = 0; i < 2; i++)
        {
            Assert.True(resolver.IsAvailable);
            Assert.Null(await resolver.AskAsync(new byte[17], false, CancellationToken.None));
        }

        Assert.False(resolver.IsAvailable);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(resolver.IsAvailable);
    }

    [Fact]
    public void ResolvConfGivesItsServersButNotUs()
    {
        const string text = "# comment\nsearch a b\nnameserver 10.0.0.2\nnameserver\t169.254.1.1 x\nnameserver fd00::1\nnameserver bad\noptions ndots:5\n";
        Assert.Equal(
            ["10.0.0.2:53", "[fd00::1]:53"],
            ResolvConf.NameServers(text, [IPAddress.Parse("169.254.1.1")]).Select(server => server.ToString()));
    }

    private static uint Ttl(byte[]? response)
    {
        Assert.NotNull(response);
        var shortest = uint.MaxValue;
        foreach (var offset in new TtlOffsets(response)) shortest = Math.Min(shortest, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(response.AsSpan(offset)));
        return shortest;
    }
}
