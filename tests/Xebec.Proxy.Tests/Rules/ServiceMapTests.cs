using System.Net;
using CsCheck;
using Xebec.Proxy.Rules;
using static Xebec.Proxy.Tests.Network.TestServices;

namespace Xebec.Proxy.Tests.Rules;

/// <summary>Deltas against a model of the kernel's table.</summary>
public sealed class ServiceMapTests
{
    private static readonly Gen<ProxyEndpoint> Endpoints =
        Gen.Select(Gen.Int[1, 6], Gen.Int[0, 3], Gen.Bool, (host, condition, local) =>
            new ProxyEndpoint(
                IPAddress.Parse($"10.244.0.{host}"), condition == 0, condition != 3, condition >= 2, local ? NodeName : "node-b"));

    // Few cluster IPs and node ports for few Services: they often claim the same one.
    private static readonly Gen<KeyValuePair<string, ServiceState?>> Changes =
        Gen.Select(Gen.Int[0, 5], Gen.Int[1, 8], Endpoints.Array[0, 4], Gen.Int[0, 15], Gen.Bool, (service, vip, endpoints, flags, gone) =>
        {
            var key = "ns/s" + service;
            var state = State(key, "10.96.0." + vip, 80, 30000 + vip, (flags & 1) == 0 ? "tcp" : "udp", endpoints);
            var changed = state.Service with
            {
                AffinityTimeoutSeconds = (flags & 2) == 0 ? null : 60,
                ExternalLocal = (flags & 4) != 0,
                InternalLocal = (flags & 8) != 0,
            };
            return KeyValuePair.Create(key, gone ? null : state with { Service = changed });
        });

    [Fact]
    public void DeltasKeepTheTableEqualToARebuild() => Changes.Array[1, 4].Array[1, 12].Sample(batches =>
    {
        var services = new ServiceMap(NodeName);
        var table = new Dictionary<(IpFamily, string, string), string?>();
        foreach (var batch in batches)
        {
            var delta = services.Update([.. batch.DistinctBy(change => change.Key)]);
            foreach (var element in delta.Removed) Assert.True(table.Remove((element.Family, element.Map, element.Key)));
            foreach (var element in delta.Added) table.Add((element.Family, element.Map, element.Key), element.Value);
            if (delta.NeedsRebuild) table = services.Rebuild().Added.ToDictionary(e => (e.Family, e.Map, e.Key), e => e.Value);
            Assert.Equal(services.Elements.ToDictionary(e => (e.Family, e.Map, e.Key), e => e.Value), table);
        }
    });

    [Fact]
    public void EveryVerdictHasItsChainInTheSameDelta() => Changes.Array[1, 12].Sample(batch =>
    {
        var delta = new ServiceMap(NodeName).Update([.. batch.DistinctBy(change => change.Key)]);
        var chains = delta.Balancers.Select(chain => chain.Name).Concat(delta.Recorders.Select(chain => chain.Name)).Append("refuse").ToHashSet();
        foreach (var element in delta.Added)
        {
            if (element.Value?.StartsWith("goto ", StringComparison.Ordinal) == true) Assert.Contains(element.Value["goto ".Length..], chains);
        }
    });

    [Fact]
    public void OneServiceAmongManyTouchesOnlyItsElements()
    {
        var services = new ServiceMap(NodeName);
        services.Update([.. Enumerable.Range(1, 1000).Select(i => Change($"ns/s{i}", $"10.96.{i / 250}.{i % 250}"))]);
        var delta = services.Update([Change("ns/new", "10.97.0.1")]);
        Assert.Empty(delta.Removed);
        Assert.Equal(
            ["10.97.0.1", "10.97.0.1 . 80 . 0 : 10.244.9.9 . 8080", "10.97.0.1 . tcp . 80 : goto tcp-1"],
            delta.Added.Select(element => element.Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void UnchangedServiceChangesNothing()
    {
        var services = new ServiceMap(NodeName);
        services.Update([Change("ns/a", "10.96.0.1")]);
        Assert.True(services.Update([Change("ns/a", "10.96.0.1")]).IsEmpty);
    }

    private static KeyValuePair<string, ServiceState?> Change(string key, string vip) =>
        KeyValuePair.Create(key, (ServiceState?)State(key, vip, Ready(IPAddress.Parse("10.244.9.9"))));
}
