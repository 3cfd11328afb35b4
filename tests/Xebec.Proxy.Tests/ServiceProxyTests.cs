using Microsoft.Extensions.Logging.Abstractions;
using Xebec.Api.Core.V1;
using Xebec.Api.Discovery.V1;
using Xebec.Client.Informers;
using Xebec.Proxy.Tests.Network;

namespace Xebec.Proxy.Tests;

/// <summary>The whole proxy between an API and a kernel.</summary>
public sealed class ServiceProxyTests(NodeNetwork network) : IClassFixture<NodeNetwork>, IAsyncDisposable
{
    private const string Vip = "10.96.0.7";
    private readonly FakeApiServer _api = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    private ProxyOptions Options => new()
    {
        ClusterId = "p" + network.Id, NodeName = TestServices.NodeName, CommandPrefix = network.Node.Prefix,
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await ServiceProxy.RemoveRulesAsync(Options, CancellationToken.None);
        _stop.Dispose();
        _api.Dispose();
    }

    private async Task StartAsync()
    {
        Assert.SkipUnless(NodeNetwork.IsSupported, "needs root and nft");
        var informers = new InformerFactory(_api.NewClient(), TimeProvider.System, NullLoggerFactory.Instance);
        var proxy = new ServiceProxy(informers, Options, TimeProvider.System, NullLogger<ServiceProxy>.Instance);
        _running = proxy.RunAsync(_stop.Token);
        await proxy.Synced.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static Service Web() => new()
    {
        Metadata = new() { Namespace = "ns", Name = "web" },
        Spec = new() { ClusterIP = Vip, Ports = [new() { Name = "http", Protocol = "TCP", Port = 80 }] },
    };

    private static EndpointSlice Slice(params (int Pod, bool Ready)[] endpoints) => new()
    {
        Metadata = new() { Namespace = "ns", Name = "web-1", Labels = new() { ["kubernetes.io/service-name"] = "web" } },
        AddressType = "IPv4",
        Ports = [new() { Name = "http", Protocol = "TCP", Port = 8080 }],
        Endpoints =
        [
            .. endpoints.Select(endpoint => new Endpoint
            {
                Addresses = [NodeNetwork.PodAddress(endpoint.Pod).ToString()],
                Conditions = new() { Ready = endpoint.Ready, Serving = endpoint.Ready },
                NodeName = TestServices.NodeName,
            }),
        ],
    };

    private string Rules() => network.Node.Run($"nft list table ip xebec-{Options.ClusterId}");

    // Asks until the answer is the expected one; a test that fails waits for its end.
    private async Task UntilAsync(string expected)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        string answer;
        do
        {
            answer = (await NodeNetwork.AskAsync(network.Pods[2], Vip, 80)).Split(' ')[0];
        }
        while (answer != expected && !patience.IsCancellationRequested);
        Assert.Equal(expected, answer);
    }

    [Fact]
    public async Task RulesFollowTheApi()
    {
        _api.Set(Web());
        _api.Set(Slice((1, true), (2, false)));
        await StartAsync();
        await UntilAsync("pod1");
        _api.Set(Slice((1, false), (2, true)));
        await UntilAsync("pod2");
        _api.Set(Slice((1, false), (2, false)));
        await UntilAsync("ConnectionRefused");
        _api.Set(Slice((1, true)));
        await UntilAsync("pod1");
        _api.Delete<Service>("ns", "web");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (Rules().Contains(Vip, StringComparison.Ordinal)) patience.Token.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task RulesOutliveTheProxyAndAreTakenOver()
    {
        _api.Set(Web());
        _api.Set(Slice((1, true)));
        await StartAsync();
        await _stop.CancelAsync();
        await _running;
        await UntilAsync("pod1");

        _api.Set(Slice((2, true)));
        var informers = new InformerFactory(_api.NewClient(), TimeProvider.System, NullLoggerFactory.Instance);
        using var again = new CancellationTokenSource();
        var proxy = new ServiceProxy(informers, Options, TimeProvider.System, NullLogger<ServiceProxy>.Instance);
        _running = proxy.RunAsync(again.Token);
        await proxy.Synced.WaitAsync(TimeSpan.FromSeconds(20));
        await UntilAsync("pod2");
        await again.CancelAsync();
    }

    [Fact]
    public async Task RollingEndpointsLoseNoRequest()
    {
        _api.Set(Web());
        _api.Set(Slice((1, true), (2, true)));
        await StartAsync();
        await UntilAsync("pod1");
        using var load = new CancellationTokenSource();
        var answers = Task.Run(async () =>
        {
            var all = new List<string>();
            while (!load.IsCancellationRequested) all.Add((await NodeNetwork.AskAsync(network.Pods[2], Vip, 80)).Split(' ')[0]);
            return all;
        });
        for (var round = 0; round < 10; round++)
        {
            _api.Set(Slice((1, round % 2 == 0), (2, round % 2 == 1)));
            await UntilAsync(round % 2 == 0 ? "pod1" : "pod2");
        }

        await load.CancelAsync();
        Assert.All(await answers, answer => Assert.StartsWith("pod", answer, StringComparison.Ordinal));
    }
}
