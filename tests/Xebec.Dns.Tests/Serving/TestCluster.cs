using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Xebec.Dns.Forwarding;
using Xebec.Dns.Records;
using Xebec.Dns.Serving;
using Xebec.Dns.Zones;

namespace Xebec.Dns.Tests.Serving;

/// <summary>A server on loopback with the records of a small cluster.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly DnsServer _server;
    private readonly Task _running;

    public TestCluster(params IPEndPoint[] upstreams)
    {
        var handler = new DnsHandler(new DnsResponder(new ClusterZone(Records, "cluster.local")), new Forwarder(upstreams, TimeProvider.System));
        _server = new(new(IPAddress.Loopback, 0), handler, TimeProvider.System, NullLogger.Instance);
        _running = _server.RunAsync(_stop.Token);
    }

    public ClusterRecords Records { get; } = SmallCluster();

    public IPEndPoint EndPoint => _server.EndPoint;

    public static ClusterRecords SmallCluster()
    {
        var records = new ClusterRecords();
        Set(records, new() { Name = "web.shop", ClusterIPs = [IPAddress.Parse("10.96.0.20")], Ports = [new("http", "tcp", 80), new("", "tcp", 81)] });
        Set(records, new() { Name = "dual.shop", ClusterIPs = [IPAddress.Parse("10.96.0.21"), IPAddress.Parse("fd00::21")] });
        Set(records, new() { Name = "empty.shop" });
        Set(records, new() { Name = "outside.shop", ExternalName = "www.example.com" });
        Set(records, new() { Name = "alias.shop", ExternalName = "web.shop.svc.cluster.local" });
        Set(records, new() { Name = "self.shop", ExternalName = "self.shop.svc.cluster.local" });
        Set(records, new() { Name = "db.data", Endpoints = [Endpoint("db-0", "10.244.0.5"), Endpoint("10-244-0-6", "10.244.0.6")] });
        Set(records, new() { Name = "big.data", Endpoints = [.. Enumerable.Range(0, 500).Select(i => Endpoint("h" + i, $"10.245.{i / 250}.{i % 250}"))] });
        return records;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _server.Dispose();
        _stop.Dispose();
    }

    private static EndpointRecord Endpoint(string hostname, string address) =>
        new(hostname, IPAddress.Parse(address), [new("sql", "tcp", 5432)]);

    private static void Set(ClusterRecords records, ServiceRecords service) => records.Set(service.Name, service);
}
