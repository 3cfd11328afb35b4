using System.Net;
using DnsClient;
using DnsClient.Protocol;

namespace Xebec.Dns.Tests.Serving;

/// <summary>The Kubernetes DNS specification, asked by an independent client over real sockets.</summary>
public sealed class ClusterNamesTests : IAsyncDisposable
{
    private readonly TestCluster _cluster = new();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private LookupClient Client(bool tcp = false, bool fallback = false) => new(new LookupClientOptions(_cluster.EndPoint)
    {
        UseCache = false, UseTcpOnly = tcp, UseTcpFallback = fallback, Recursion = true, Retries = 0, RequestDnsSecRecords = false,
    });

    private async Task<string[]> AskAsync(string name, QueryType type)
    {
        var response = await Client().QueryAsync(name, type);
        Assert.False(response.HasError);
        return [.. response.Answers.Select(Data).Order()];
    }

    private static string Data(DnsResourceRecord record) => record switch
    {
        AddressRecord address => address.Address.ToString(),
        SrvRecord service => $"{service.Port} {service.Target}",
        PtrRecord pointer => pointer.PtrDomainName,
        CNameRecord alias => alias.CanonicalName,
        TxtRecord text => string.Join("", text.Text),
        _ => record.RecordType.ToString(),
    };

    [Theory]
    [InlineData("web.shop.svc.cluster.local", QueryType.A, "10.96.0.20")]
    [InlineData("WEB.Shop.SVC.cluster.local", QueryType.A, "10.96.0.20")]
    [InlineData("web.shop.svc.cluster.local", QueryType.AAAA, "")]
    [InlineData("dual.shop.svc.cluster.local", QueryType.AAAA, "fd00::21")]
    [InlineData("db.data.svc.cluster.local", QueryType.A, "10.244.0.5 10.244.0.6")]
    [InlineData("db-0.db.data.svc.cluster.local", QueryType.A, "10.244.0.5")]
    [InlineData("10-244-0-6.db.data.svc.cluster.local", QueryType.A, "10.244.0.6")]
    [InlineData("10-244-9-9.shop.pod.cluster.local", QueryType.A, "10.244.9.9")]
    [InlineData("fd00--9.shop.pod.cluster.local", QueryType.AAAA, "fd00::9")]
    [InlineData("dns-version.cluster.local", QueryType.TXT, "1.1.0")]
    [InlineData("shop.svc.cluster.local", QueryType.A, "")]
    [InlineData("svc.cluster.local", QueryType.A, "")]
    [InlineData("cluster.local", QueryType.SOA, "SOA")]
    [InlineData("_tcp.web.shop.svc.cluster.local", QueryType.SRV, "")]
    public async Task NamesHaveTheirRecords(string name, QueryType type, string expected) =>
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), await AskAsync(name, type));

    [Theory]
    [InlineData("_http._tcp.web.shop.svc.cluster.local", "80 web.shop.svc.cluster.local.")]
    [InlineData("_sql._tcp.db.data.svc.cluster.local", "5432 10-244-0-6.db.data.svc.cluster.local.,5432 db-0.db.data.svc.cluster.local.")]
    public async Task NamedPortsHaveServiceRecordsAndTheirAddresses(string name, string expected)
    {
        Assert.Equal(expected.Split(','), await AskAsync(name, QueryType.SRV));
        var response = await Client().QueryAsync(name, QueryType.SRV);
        Assert.Equal(response.Answers.Count, response.Additionals.OfType<ARecord>().Count());
    }

    [Theory]
    [InlineData("10.96.0.20", "web.shop.svc.cluster.local.")]
    [InlineData("fd00::21", "dual.shop.svc.cluster.local.")]
    [InlineData("10.244.0.5", "db-0.db.data.svc.cluster.local.")]
    public async Task AddressesHaveNames(string address, string name)
    {
        var response = await Client().QueryReverseAsync(IPAddress.Parse(address));
        Assert.Equal(name, Assert.Single(response.Answers.PtrRecords()).PtrDomainName);
    }

    [Theory]
    [InlineData("nobody.shop.svc.cluster.local")]
    [InlineData("web.nowhere.svc.cluster.local")]
    [InlineData("nowhere.svc.cluster.local")]
    [InlineData("empty.shop.svc.cluster.local")]
    [InlineData("x.web.shop.svc.cluster.local")]
    [InlineData("_ftp._tcp.web.shop.svc.cluster.local")]
    [InlineData("www.example.com.shop.svc.cluster.local")]
    [InlineData("www.example.com.cluster.local")]
    [InlineData("300-1-1-1.shop.pod.cluster.local")]
    public async Task UnknownNamesAreDeniedWithTheZonesAuthority(string name)
    {
        var response = await Client().QueryAsync(name, QueryType.A);
        Assert.Equal(DnsHeaderResponseCode.NotExistentDomain, response.Header.ResponseCode);
        Assert.True(response.Header.HasAuthorityAnswer);
        Assert.Equal("cluster.local.", Assert.Single(response.Authorities.OfType<SoaRecord>()).DomainName.Value);
    }

    [Fact]
    public async Task AliasIsFollowedWithinTheCluster()
    {
        Assert.Equal(["10.96.0.20", "web.shop.svc.cluster.local."], await AskAsync("alias.shop.svc.cluster.local", QueryType.A));
        Assert.NotEmpty(await AskAsync("self.shop.svc.cluster.local", QueryType.A));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LongAnswersAreWholeOverTcp(bool tcpOnly)
    {
        var response = await Client(tcp: tcpOnly, fallback: true).QueryAsync("big.data.svc.cluster.local", QueryType.A);
        Assert.False(response.Header.ResultTruncated);
        Assert.Equal(500, response.Answers.Count);
    }

    [Fact]
    public async Task ChangedAndRemovedServicesAreSeenAtOnce()
    {
        _cluster.Records.Set("web.shop", new() { Name = "web.shop", ClusterIPs = [IPAddress.Parse("10.96.0.99")] });
        Assert.Equal(["10.96.0.99"], await AskAsync("web.shop.svc.cluster.local", QueryType.A));
        Assert.Null(_cluster.Records.FindPointer(IPAddress.Parse("10.96.0.20")));
        _cluster.Records.Set("web.shop", null);
        Assert.True((await Client().QueryAsync("web.shop.svc.cluster.local", QueryType.A)).HasError);
    }

    [Fact]
    public async Task OtherNamesFailAtOnceWithoutAnUpstream()
    {
        var response = await Client().QueryAsync("www.example.com", QueryType.A);
        Assert.Equal(DnsHeaderResponseCode.ServerFailure, response.Header.ResponseCode);
    }
}
