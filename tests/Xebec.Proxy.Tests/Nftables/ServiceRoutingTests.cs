using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Xebec.Proxy.Nftables;
using Xebec.Proxy.Rules;
using Xebec.Proxy.Tests.Network;
using static Xebec.Proxy.Tests.Network.NodeNetwork;
using static Xebec.Proxy.Tests.Network.TestServices;

namespace Xebec.Proxy.Tests.Nftables;

/// <summary>The rules in a real kernel: every test has its own table in the class's node, and removes it.</summary>
public sealed class ServiceRoutingTests : IClassFixture<NodeNetwork>, IAsyncLifetime
{
    private const string Vip = "10.96.0.1";
    private readonly NodeNetwork _network;
    private readonly RuleApplier _applier;

    public ServiceRoutingTests(NodeNetwork network)
    {
        Assert.SkipUnless(IsSupported, "needs root and nft");
        _network = network;
        var options = new ProxyOptions
        {
            ClusterId = network.Id, NodeName = NodeName, CommandPrefix = network.Node.Prefix, ClusterCidrs = ["10.244.0.0/16"],
        };
        _applier = new(options, new NodeCommands(options.CommandPrefix), NullLogger.Instance);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _applier.RemoveAsync(CancellationToken.None);
        Assert.DoesNotContain("xebec", _network.Node.Run("nft list tables"), StringComparison.Ordinal);
        Assert.Equal("0", _network.Node.Run("cat /proc/sys/net/ipv4/conf/all/route_localnet").Trim());
    }

    private static ProxyEndpoint[] AllPods => [Ready(PodAddress(1)), Ready(PodAddress(2)), Ready(PodAddress(3))];

    private Task ApplyAsync(params ServiceState[] states) =>
        _applier.ApplyAsync([.. states.Select(state => KeyValuePair.Create(state.Service.Key, (ServiceState?)state))], CancellationToken.None);

    private async Task<string[]> AskManyAsync(NetworkNamespace from, string address, int port, int times = 40)
    {
        var answers = new string[times];
        for (var i = 0; i < times; i++) answers[i] = await AskAsync(from, address, port);
        return answers;
    }

    private static string[] Names(string[] answers) => [.. answers.Select(answer => answer.Split(' ')[0]).Distinct().Order()];

    [Fact]
    public async Task ClusterIPBalancesForNodeAndPods()
    {
        await ApplyAsync(State("ns/a", Vip, AllPods));
        Assert.Equal(["pod1", "pod2", "pod3"], Names(await AskManyAsync(_network.Node, Vip, 80)));
        Assert.Equal(["pod1", "pod2", "pod3"], Names(await AskManyAsync(_network.Pods[0], Vip, 80)));
    }

    [Fact]
    public async Task PodReachesItselfThroughItsService()
    {
        await ApplyAsync(State("ns/a", Vip, Ready(PodAddress(1))));
        Assert.Equal("pod1 10.244.0.1", await AskAsync(_network.Pods[0], Vip, 80));
        Assert.Equal("pod1 10.244.0.12", await AskAsync(_network.Pods[1], Vip, 80));
    }

    [Fact]
    public async Task NodePortAnswersOnEveryLocalAddress()
    {
        await ApplyAsync(State("ns/a", Vip, 80, 30080, "tcp", AllPods));
        Assert.Equal(["pod1", "pod2", "pod3"], Names(await AskManyAsync(_network.Node, "127.0.0.1", 30080)));
        Assert.Equal(["pod1", "pod2", "pod3"], Names(await AskManyAsync(_network.Node, "192.168.7.1", 30080)));
        Assert.Equal(["pod1", "pod2", "pod3"], Names(await AskManyAsync(_network.Client, "192.168.7.1", 30080)));
        Assert.Equal(["pod1", "pod2", "pod3"], Names(await AskManyAsync(_network.Pods[0], "10.244.0.1", 30080)));
    }

    [Fact]
    public async Task LocalTrafficPolicyKeepsTheClientsAddressAndLocalEndpoints()
    {
        var state = State("ns/a", Vip, 80, 30080, "tcp", Ready(PodAddress(1)), Ready(PodAddress(2), "node-b"));
        await ApplyAsync(state with { Service = state.Service with { ExternalLocal = true } });
        Assert.Equal(["pod1 192.168.7.2"], (await AskManyAsync(_network.Client, "192.168.7.1", 30080)).Distinct());
        Assert.Equal(["pod1", "pod2"], Names(await AskManyAsync(_network.Node, "127.0.0.1", 30080)));
        Assert.Equal(["pod1", "pod2"], Names(await AskManyAsync(_network.Pods[2], "192.168.7.1", 30080)));
    }

    [Fact]
    public async Task ExternalAddressIsServed()
    {
        var state = State("ns/a", Vip, AllPods);
        await ApplyAsync(state with { Service = state.Service with { ExternalAddresses = [IPAddress.Parse("203.0.113.7")] } });
        Assert.Equal(["pod1", "pod2", "pod3"], Names(await AskManyAsync(_network.Client, "203.0.113.7", 80)));
    }

    [Fact]
    public async Task ServiceWithoutEndpointsRefuses()
    {
        await ApplyAsync(State("ns/a", Vip, 80, 30080, "tcp"));
        foreach (var from in new[] { _network.Node, _network.Pods[0], _network.Client })
        {
            Assert.Equal("ConnectionRefused", await AskAsync(from, Vip, 80));
            Assert.Equal("ConnectionRefused", await AskAsync(from, Vip, 81));
            Assert.Equal("ConnectionRefused", await AskAsync(from, "192.168.7.1", 30080));
        }
    }

    [Fact]
    public async Task DeletedServiceIsGoneAndOthersStay()
    {
        await ApplyAsync(State("ns/a", Vip, 80, 30080, "tcp", AllPods), State("ns/b", "10.96.0.2", AllPods));
        await _applier.ApplyAsync([KeyValuePair.Create("ns/a", (ServiceState?)null)], CancellationToken.None);
        Assert.DoesNotContain(Vip + " ", _network.Node.Run("nft list ruleset"), StringComparison.Ordinal);
        Assert.Equal("ConnectionRefused", await AskAsync(_network.Node, "127.0.0.1", 30080));
        Assert.StartsWith("pod", await AskAsync(_network.Node, "10.96.0.2", 80), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndpointThatTerminatesKeepsItsConnectionsAndGetsNoNewOnes()
    {
        await ApplyAsync(State("ns/a", Vip, Ready(PodAddress(1))));
        using var established = _network.Pods[2].Socket(SocketType.Stream);
        await established.ConnectAsync(IPAddress.Parse(Vip), 80);
        Assert.Equal("pod1 10.244.0.13", await ReadLineAsync(established, CancellationToken.None));

        await ApplyAsync(State("ns/a", Vip, Terminating(PodAddress(1)), Ready(PodAddress(2))));
        Assert.Equal(["pod2"], Names(await AskManyAsync(_network.Pods[2], Vip, 80)));
        await established.SendAsync("x"u8.ToArray());
        Assert.Equal("pod1 10.244.0.13", await ReadLineAsync(established, CancellationToken.None));

        await ApplyAsync(State("ns/a", Vip, Terminating(PodAddress(1)), Terminating(PodAddress(2), serving: false)));
        Assert.Equal(["pod1"], Names(await AskManyAsync(_network.Pods[2], Vip, 80)));
    }

    [Fact]
    public async Task ClientAffinityHoldsUntilItsEndpointGoes()
    {
        var state = State("ns/a", Vip, 80, 30080, "tcp", AllPods);
        var sticky = state.Service with { AffinityTimeoutSeconds = 600 };
        await ApplyAsync(state with { Service = sticky });
        var chosen = Assert.Single(Names(await AskManyAsync(_network.Pods[0], Vip, 80)));
        Assert.Single(Names(await AskManyAsync(_network.Client, "192.168.7.1", 30080)));

        var rest = AllPods.Where((_, index) => chosen != $"pod{index + 1}").ToArray();
        await ApplyAsync(new ServiceState(sticky, Slices("ns/a", "tcp", rest)));
        var next = Assert.Single(Names(await AskManyAsync(_network.Pods[0], Vip, 80)));
        Assert.NotEqual(chosen, next);
    }

    [Fact]
    public async Task UdpClientFollowsItsServiceToANewEndpoint()
    {
        await ApplyAsync(State("ns/a", Vip, 80, 0, "udp", Ready(PodAddress(1))));
        using var client = _network.Pods[2].Socket(SocketType.Dgram, new(IPAddress.Any, 0));
        await client.ConnectAsync(IPAddress.Parse(Vip), 80);
        await client.SendAsync("x"u8.ToArray());
        Assert.StartsWith("pod1", await ReadLineAsync(client, CancellationToken.None), StringComparison.Ordinal);

        await ApplyAsync(State("ns/a", Vip, 80, 0, "udp", Ready(PodAddress(2))));
        await client.SendAsync("x"u8.ToArray());
        Assert.StartsWith("pod2", await ReadLineAsync(client, CancellationToken.None), StringComparison.Ordinal);
    }

    // How pods and the node reach the node's DNS listener.
    [Fact]
    public async Task ListenerOnTheBridgeAddressServesPodsAndNode()
    {
        using var listener = new EchoServer(_network.Node, "node", 10053);
        var endpoint = Ready(IPAddress.Parse("10.244.0.1"));
        var udp = State("ns/a", Vip, 53, 0, "udp", endpoint) with { Slices = Slices("ns/a", "udp", 10053, endpoint) };
        var tcp = State("ns/b", Vip, 53, 0, "tcp", endpoint) with { Slices = Slices("ns/b", "tcp", 10053, endpoint) };
        await ApplyAsync(udp, tcp);
        foreach (var from in new[] { _network.Pods[0], _network.Node })
        {
            using var client = from.Socket(SocketType.Dgram, new(IPAddress.Any, 0));
            await client.ConnectAsync(IPAddress.Parse(Vip), 53);
            await client.SendAsync("x"u8.ToArray());
            Assert.StartsWith("node", await ReadLineAsync(client, CancellationToken.None), StringComparison.Ordinal);
            Assert.Equal(["node"], Names(await AskManyAsync(from, Vip, 53, times: 2)));
        }
    }

    [Fact]
    public async Task TableThatSomebodyRemovedIsRebuilt()
    {
        await ApplyAsync(State("ns/a", Vip, AllPods));
        _network.Node.Run("nft flush ruleset");
        await ApplyAsync(State("ns/b", "10.96.0.2", AllPods));
        Assert.StartsWith("pod", await AskAsync(_network.Node, Vip, 80), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddressClaimedTwiceStaysWithTheFirstUntilItGoes()
    {
        await ApplyAsync(State("ns/a", Vip, Ready(PodAddress(1))));
        await ApplyAsync(State("ns/thief", Vip, Ready(PodAddress(2))));
        Assert.Equal(["pod1"], Names(await AskManyAsync(_network.Node, Vip, 80)));
        await _applier.ApplyAsync([KeyValuePair.Create("ns/a", (ServiceState?)null)], CancellationToken.None);
        Assert.Equal(["pod2"], Names(await AskManyAsync(_network.Node, Vip, 80)));
    }
}
