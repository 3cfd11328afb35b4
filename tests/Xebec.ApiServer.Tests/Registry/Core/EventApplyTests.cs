using Xebec.ApiServer.Tests.Conformance;

namespace Xebec.ApiServer.Tests.Registry.Core;

/// <summary>Events that are owned in the version that is not stored.</summary>
public sealed class EventApplyTests(KindServer fixture) : IClassFixture<KindServer>
{
    [Fact]
    public async Task A_malformed_time_is_the_clients_mistake()
    {
        var old = await fixture.ClientAsync("", "v1", "events");
        var created = await old.CreateAsync();
        var events = await fixture.ClientAsync("events.k8s.io", "v1", "events");
        var path = $"/apis/events.k8s.io/v1/namespaces/{old.Namespace}/events/{KindClient.NameOf(created)}?fieldManager=test&force=true";
        const string Sent = """{"kind":"Event","apiVersion":"events.k8s.io/v1","series":{"count":2,"lastObservedTime":"1956-06-05T222:47:16.868000-05:20"}}""";
        await events.FailAsync(422, "Invalid", HttpMethod.Patch, path, Sent, "application/apply-patch+yaml");
    }
}
