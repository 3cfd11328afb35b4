using System.Net;
using Xebec.Api.Core.V1;
using Xebec.Client.Tests.Fakes;

namespace Xebec.Client.Tests;

public sealed class ApiClientTests
{
    private readonly FakeApiServer _server = new();

    [Fact]
    public async Task CreatesReadsUpdatesPatchesAndDeletes()
    {
        var client = _server.NewClient();
        var created = await client.CreateAsync(NewConfigMap("a"));
        Assert.NotEmpty(created.Metadata.Uid);
        created.Data["x"] = "1";
        await client.UpdateAsync(created);
        await client.PatchAsync<ConfigMap>("ns", "a", Patch.Merge("{\"data\":{\"y\":\"2\"}}"));
        var read = await client.GetAsync<ConfigMap>("ns", "a");
        Assert.Equal(("1", "2"), (read.Data["x"], read.Data["y"]));
        Assert.Single((await client.ListAsync<ConfigMap>()).Items);
        await client.DeleteAsync<ConfigMap>("ns", "a");
        Assert.True((await Assert.ThrowsAsync<ApiErrorException>(() => client.GetAsync<ConfigMap>("ns", "a"))).IsNotFound);
    }

    [Fact]
    public async Task ErrorsCarryTheStatus()
    {
        var client = _server.NewClient();
        var first = await client.CreateAsync(NewConfigMap("a"));
        Assert.True((await Assert.ThrowsAsync<ApiErrorException>(() => client.CreateAsync(NewConfigMap("a")))).IsAlreadyExists);
        var stale = first.DeepClone();
        first.Data["x"] = "1";
        await client.UpdateAsync(first);
        stale.Data["x"] = "2";
        var conflict = await Assert.ThrowsAsync<ApiErrorException>(() => client.UpdateAsync(stale));
        Assert.True(conflict is { IsConflict: true, IsAlreadyExists: false, Code: 409 });
    }

    [Fact]
    public async Task AnAnswerThatIsNoStatusStillSaysWhatItWas()
    {
        _server.Intercept = _ => new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new StringContent("<html>nginx") };
        var error = await Assert.ThrowsAsync<ApiErrorException>(() => _server.NewClient().GetAsync<Pod>("ns", "p"));
        Assert.Equal(502, error.Code);
        Assert.Contains("nginx", error.Message);
    }

    [Fact]
    public async Task WaitsWhenTheServerAsksTo()
    {
        var refusals = 2;
        _server.Intercept = _ =>
        {
            if (refusals-- <= 0)
                return null;
            var busy = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Content = new StringContent("") };
            busy.Headers.TryAddWithoutValidation("Retry-After", "0");
            return busy;
        };
        Assert.Empty((await _server.NewClient().ListAsync<Pod>()).Items);
        Assert.Equal(3, _server.Requests.Count);
    }

    [Fact]
    public async Task PathsAndQueriesAreEscaped()
    {
        var options = new ListOptions { LabelSelector = "a=b,c notin (d)", FieldSelector = "spec.nodeName=n", Limit = 5 };
        await _server.NewClient().ListAsync<Pod>("ns", options);
        Assert.Equal("GET /api/v1/namespaces/ns/pods?labelSelector=a%3Db%2Cc%20notin%20%28d%29&fieldSelector=spec.nodeName%3Dn&limit=5",
            _server.Requests[0]);
    }

    [Fact]
    public async Task WatchesBringEveryEvent()
    {
        var client = _server.NewClient();
        await client.CreateAsync(NewConfigMap("a"));
        await client.DeleteAsync<ConfigMap>("ns", "a");
        var seen = new List<WatchEventType>();
        await foreach (var change in client.WatchAsync<ConfigMap>("ns", new WatchOptions { ResourceVersion = "100" }))
        {
            seen.Add(change.Type);
            if (seen.Count == 2)
                break;
        }

        Assert.Equal([WatchEventType.Added, WatchEventType.Deleted], seen);
    }

    internal static ConfigMap NewConfigMap(string name) => new() { Metadata = { Name = name, Namespace = "ns" } };
}
