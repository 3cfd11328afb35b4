using System.Net;
using Xebec.Proxy.Rules;
using static Xebec.Proxy.Tests.Network.TestServices;

namespace Xebec.Proxy.Tests.Rules;

public sealed class EndpointSelectionTests
{
    private static readonly IPAddress A = IPAddress.Parse("10.244.0.9"), B = IPAddress.Parse("10.244.0.10");

    private static string[] Select(string? localNode, params ProxyEndpoint[] endpoints)
    {
        var state = State("ns/a", "10.96.0.1", endpoints);
        return [.. EndpointSelection.Select(state, state.Service.Ports[0], IpFamily.V4, localNode).Select(e => e.Address.ToString())];
    }

    [Fact]
    public void ReadyOnesWinOverTerminatingOnes() => Assert.Equal(["10.244.0.10"], Select(null, Terminating(A), Ready(B)));

    [Fact]
    public void ServingTerminatingOnesServeWhenNoneIsReady() =>
        Assert.Equal(["10.244.0.9"], Select(null, Terminating(A), Terminating(B, serving: false)));

    [Fact]
    public void UnreadyOnesThatDoNotTerminateNeverServe() => Assert.Empty(Select(null, new ProxyEndpoint(A, false, true, false, NodeName)));

    [Fact]
    public void LocalSelectionFallsBackByItself() =>
        Assert.Equal(["10.244.0.9"], Select(NodeName, Terminating(A), Ready(B, "node-b")));

    [Fact]
    public void DuplicatesAndOrderDoNotMatter() => Assert.Equal(["10.244.0.9", "10.244.0.10"], Select(null, Ready(B), Ready(A), Ready(B)));

    private static string[] SelectPreferred(params ProxyEndpoint[] endpoints)
    {
        var state = State("ns/a", "10.96.0.1", endpoints);
        return [.. EndpointSelection.SelectPreferred(state, state.Service.Ports[0], IpFamily.V4, NodeName).Select(e => e.Address.ToString())];
    }

    [Fact]
    public void HintsKeepTrafficOnTheNodeThatHasItsOwn() =>
        Assert.Equal(["10.244.0.9"], SelectPreferred(Ready(A) with { ForNodes = [NodeName] }, Ready(B) with { ForNodes = ["node-b"] }));

    [Fact]
    public void HintsForOthersAloneOrMissingHintsMeanEverybody()
    {
        Assert.Equal(["10.244.0.10"], SelectPreferred(Ready(B) with { ForNodes = ["node-b"] }));
        Assert.Equal(["10.244.0.9", "10.244.0.10"], SelectPreferred(Ready(A) with { ForNodes = [NodeName] }, Ready(B)));
        Assert.Equal(["10.244.0.9"], SelectPreferred(Terminating(A)));
    }
}
