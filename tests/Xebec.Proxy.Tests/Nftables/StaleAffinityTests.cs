using Xebec.Proxy.Nftables;
using Xebec.Proxy.Rules;

namespace Xebec.Proxy.Tests.Nftables;

public sealed class StaleAffinityTests
{
    private static string Listing(string address, int port, string endpoint) =>
        $$$"""
        {"nftables": [{"metainfo": {"version": "1.0.6"}}, {"map": {"name": "affinity", "elem":
          [[{"elem": {"val": {"concat": ["10.244.0.5", "{{{address}}}", "tcp", {{{port}}}]}, "timeout": 10, "expires": 9}},
            {"concat": ["{{{endpoint}}}", 8080]}]]}}]}
        """;

    private static readonly RuleElement[] Elements =
    [
        new(IpFamily.V4, RuleMaps.Endpoints("tcp"), "10.96.0.1 . 80 . 0", "10.244.0.11 . 8080"),
        new(IpFamily.V4, RuleMaps.NodePortEndpoints("tcp"), "30080 . 0", "10.244.0.12 . 8080"),
    ];

    [Theory]
    [InlineData("10.96.0.1", 80, "10.244.0.11", true)]
    [InlineData("10.96.0.1", 80, "10.244.0.12", false)]
    [InlineData("192.168.7.1", 30080, "10.244.0.12", true)]
    [InlineData("192.168.7.1", 30080, "10.244.0.11", false)]
    public void OnlyClientsOfServingEndpointsAreKept(string address, int port, string endpoint, bool kept)
    {
        var stale = StaleAffinity.Find(Listing(address, port, endpoint), IpFamily.V4, Elements);
        if (kept) Assert.Empty(stale);
        else Assert.Equal($"10.244.0.5 . {address} . tcp . {port}", Assert.Single(stale).Key);
    }

    [Fact]
    public void NothingListedIsNothingStale() => Assert.Empty(StaleAffinity.Find("", IpFamily.V4, Elements));
}
