using System.Net;
using DnsClient;
using Microsoft.Extensions.Logging.Abstractions;
using Xebec.Api;
using Xebec.Api.Core.V1;
using Xebec.Api.Discovery.V1;
using Xebec.Client.Informers;
using Xebec.Proxy.Tests.Network;

namespace Xebec.Dns.Tests;

/// <summary>The whole of cluster DNS between an API and a client.</summary>
public sealed class ClusterDnsTests : IAsyncDisposable
{
    private readonly FakeApiServer _api = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ClusterDns _dns;
    private Task _running = Task.CompletedTask;

    public ClusterDnsTests()
    {
        var client = _api.NewClient();
        var options = new DnsOptions
        {
            NodeName = "node-a", Listen = new(IPAddress.Loopback, 0), ClusterIP = IPAddress.Parse("10.96.0.10"), ResolvConf = "/nonexistent",
        };
        var informers = new InformerFactory(client, TimeProvider.System, NullLoggerFactory.Instance);
        _dns = new(client, informers, options, TimeProvider.System, NullLogger<ClusterDns>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _api.Dispose();
    }

    private async Task<LookupClient> StartAsync()
    {
        _running = _dns.RunAsync(_stop.Token);
        return new(new LookupClientOptions(await _dns.Listening.WaitAsync(TimeSpan.FromSeconds(20))) { UseCache = false });
    }

    // Asks until the addresses are the expected ones; a test that fails waits for its end.
    private static async Task UntilAsync(LookupClient client, string name, params string[] expected)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        string[] addresses;
        do
        {
            addresses = [.. (await client.QueryAsync(name, QueryType.A)).Answers.ARecords().Select(record => record.Address.ToString()).Order()];
        }
        while (!addresses.SequenceEqual(expected) && !patience.IsCancellationRequested);
        Assert.Equal(expected, addresses);
    }

    private static EndpointSlice Slice(params (string Address, bool Ready)[] endpoints) => new()
    {
        Metadata = new() { Namespace = "data", Name = "db-1", Labels = new() { ["kubernetes.io/service-name"] = "db" } },
        AddressType = "IPv4",
        Ports = [new() { Name = "sql", Protocol = "TCP", Port = 5432 }],
        Endpoints = [.. endpoints.Select(e => new Endpoint { Addresses = [e.Address], Conditions = new() { Ready = e.Ready } })],
    };

    [Fact]
    public async Task NamesFollowTheApi()
    {
        _api.Set(new Service { Metadata = new() { Namespace = "data", Name = "db" }, Spec = new() { ClusterIP = "None" } });
        _api.Set(Slice(("10.244.0.5", true), ("10.244.0.6", false)));
        var client = await StartAsync();
        const string name = "db.data.svc.cluster.local";
        await UntilAsync(client, name, "10.244.0.5");
        _api.Set(Slice(("10.244.0.5", true), ("10.244.0.6", true)));
        await UntilAsync(client, name, "10.244.0.5", "10.244.0.6");
        await UntilAsync(client, "10-244-0-6." + name, "10.244.0.6");
        _api.Delete<Service>("data", "db");
        await UntilAsync(client, name);
    }

    [Fact]
    public async Task ListenerIsPublishedAndFindsItself()
    {
        var client = await StartAsync();
        await UntilAsync(client, "kube-dns.kube-system.svc.cluster.local", "10.96.0.10");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        string? found;
        while ((found = _api.Find("endpointslices", "kube-system", "kube-dns-node-a")) is null) patience.Token.ThrowIfCancellationRequested();
        var slice = ApiJson.Deserialize<EndpointSlice>(System.Text.Encoding.UTF8.GetBytes(found));
        var listener = await _dns.Listening;
        Assert.All(slice.Ports, port => Assert.Equal(listener.Port, port.Port));
        Assert.Equal("node-a", slice.Endpoints[0].Hints!.ForNodes[0].Name);
    }
}
