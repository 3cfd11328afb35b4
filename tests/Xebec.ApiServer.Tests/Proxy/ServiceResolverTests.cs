using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Proxy;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;
using Xebec.Store.Sqlite;
using Xunit;

namespace Xebec.ApiServer.Tests.Proxy;

public sealed class ServiceResolverTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ready_endpoint_is_chosen_at_its_own_port()
    {
        var time = new FakeTimeProvider();
        await using var store = await SqliteStore.OpenAsync(new SqliteStoreOptions(), time, NullLogger<SqliteStore>.Instance, Cancelled);
        await using var caches = new CacheSet(store, time, NullLogger<CacheSet>.Instance);
        var catalog = BuiltInCatalog.Create(caches, new KubeApiServerOptions(), time);
        await Put(store, catalog, "", "services", "hooks", """{"metadata":{"name":"hooks"},"spec":{"ports":[{"name":"https","port":443}]}}""");
        await Put(store, catalog, "discovery.k8s.io", "endpointslices", "hooks-1", """
            {"metadata":{"name":"hooks-1","namespace":"default","labels":{"kubernetes.io/service-name":"hooks"}},"ports":[{"name":"https","port":9443}],
             "endpoints":[{"addresses":["192.0.2.1"],"conditions":{"ready":false}},{"addresses":["192.0.2.2"]}]}
            """);
        await caches.StartAsync(Cancelled);
        var resolver = new ServiceResolver(catalog);
        for (var i = 0; i < 10; i++)
            Assert.Equal(IPEndPoint.Parse("192.0.2.2:9443"), resolver.Resolve("default", "hooks", 443));
        Assert.Equal(
            "no service port 1 found for service \"hooks\"", Assert.Throws<IOException>(() => resolver.Resolve("default", "hooks", 1)).Message);
        Assert.Equal("service \"other\" not found", Assert.Throws<IOException>(() => resolver.Resolve("default", "other", 443)).Message);
    }

    private static async Task Put(SqliteStore store, ResourceCatalog catalog, string group, string plural, string name, string json) =>
        Assert.True((await store.CreateAsync(catalog.Find(group, "v1", plural)!.Key("default", name), Encoding.UTF8.GetBytes(json), Cancelled)).Succeeded);
}
