using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Tests.Webhooks;
using Xebec.Tests;

namespace Xebec.ApiServer.Tests.CustomResources;

public sealed class MixedVersionsTests
{
    private const string Spec = """{"type":"object","properties":{"host":{"type":"string"},"address":{"type":"string"}}}""";

    [Fact]
    [Conformance("[sig-api-machinery] CustomResourceConversionWebhook [Privileged:ClusterAdmin] should be able to convert a non homogeneous list of CRs")]
    public async Task Objects_stored_in_different_versions_are_listed_in_each_of_them()
    {
        await using var server = await TestServer.StartAsync();
        await using var hooks = await WebhookServer.StartAsync();
        hooks.On("/convert", ConversionReviews.Answering(Convert));
        var definition = (ObjectValue)Value.Parse(TwoVersions.Definition(Spec));
        definition.GetObject("spec")!["conversion"] = ConversionReviews.Strategy(hooks, "/convert");
        await CronTabs.DefineAsync(server, definition.ToString());
        await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("one", """ "spec":{"host":"a"} """));
        await TwoVersions.StoreTheNewerAsync(server);
        await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("two", """ "spec":{"host":"b"} """));
        hooks.Received.Clear();
        Assert.Equal(["""v1 {"host":"a"}""", """v1 {"host":"b"}"""], await ListAsync(server, CronTabs.Path));
        Assert.Equal(["""v2 {"address":"a"}""", """v2 {"address":"b"}"""], await ListAsync(server, TwoVersions.NewerPath));
        // One object of each list was stored in the version wanted and is not sent.
        Assert.All(hooks.Received, review => Assert.Single(review.GetObject("request")!.GetList("objects")!));
        Assert.Equal(["stable.example.com/v1", "stable.example.com/v2"], Wanted(hooks));
        hooks.Received.Clear();
        var (_, patched) = await server.SendAsync(
            HttpMethod.Patch, TwoVersions.NewerPath + "/one", """{"spec":{"address":"c"}}""", "application/merge-patch+json");
        Assert.Equal("""{"address":"c"}""", patched["spec"]!.ToString());
        // It was read as v2 before, and v2 is what is stored; only what its owner wrote at v1 is compared there, before and after.
        Assert.Equal(["stable.example.com/v1", "stable.example.com/v1"], Wanted(hooks));
    }

    private static IEnumerable<string> Wanted(WebhookServer hooks) =>
        hooks.Received.Select(review => review.GetObject("request")!.GetString("desiredAPIVersion")!);

    private static async Task<IEnumerable<string>> ListAsync(TestServer server, string path)
    {
        var (_, list) = await server.SendAsync(HttpMethod.Get, path);
        Assert.True(list.GetList("items") is not null, list.ToString());
        return list.GetList("items")!.Select(i => i.AsObject()!).Select(i => $"{i.GetString("apiVersion")!.Split('/')[1]} {i["spec"]}");
    }

    private static void Convert(ObjectValue item, string wanted)
    {
        var (from, to) = wanted.EndsWith("v1", StringComparison.Ordinal) ? ("address", "host") : ("host", "address");
        item["spec"] = new ObjectValue { [to] = item.GetObject("spec")!.GetString(from)! };
    }
}
