using System.Net;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.CustomResources;
using Xebec.ApiServer.Tests.Webhooks;
using Xebec.Tests;

namespace Xebec.ApiServer.Tests.CustomResources;

public sealed class ConversionTests
{
    private const string Older = "/apis/stable.example.com/v1beta1/namespaces/default/crontabs";

    [Fact]
    [Conformance("[sig-api-machinery] CustomResourceConversionWebhook [Privileged:ClusterAdmin] should be able to convert from CR v1 to CR v2")]
    public async Task A_webhook_converts_on_every_way_in_and_out()
    {
        await using var server = await TestServer.StartAsync();
        await using var hooks = await WebhookServer.StartAsync();
        hooks.On("/convert", ConversionReviews.Answering(Convert));
        await DefineAsync(server, hooks);
        var (made, created) = await server.SendAsync(HttpMethod.Post, Older, Beta("""{"hostPort":"a:1"}"""));
        Assert.Equal((HttpStatusCode.Created, """{"hostPort":"a:1"}"""), (made, created["spec"]?.ToString()));
        var (_, stored) = await server.SendAsync(HttpMethod.Get, CronTabs.Path + "/one");
        Assert.Equal("""{"host":"a","port":"1"}""", stored["spec"]!.ToString());
        await using var watch = await WatchLines.OpenAsync(server.Http, Older + "?watch=true");
        Assert.Equal("""{"hostPort":"a:1"}""", (await watch.NextAsync()).GetObject("object")!["spec"]!.ToString());
        var (_, patched) = await server.SendAsync(
            HttpMethod.Patch, Older + "/one", """{"spec":{"hostPort":"b:2"}}""", "application/merge-patch+json");
        Assert.Equal("""{"hostPort":"b:2"}""", patched["spec"]!.ToString());
        Assert.Equal("""{"hostPort":"b:2"}""", (await watch.NextAsync()).GetObject("object")!["spec"]!.ToString());
        var (_, list) = await server.SendAsync(HttpMethod.Get, CronTabs.Path);
        Assert.Equal("""{"host":"b","port":"2"}""", list.GetList("items")![0].AsObject()!["spec"]!.ToString());
        Assert.Contains(hooks.Received, r => r.GetObject("request")!.GetString("desiredAPIVersion") == "stable.example.com/v1");
    }

    [Fact]
    public async Task A_webhook_that_fails_fails_the_request()
    {
        await using var server = await TestServer.StartAsync();
        await using var hooks = await WebhookServer.StartAsync();
        hooks.On("/convert", review => new ObjectValue
        {
            ["apiVersion"] = review["apiVersion"],
            ["kind"] = "ConversionReview",
            ["response"] = new ObjectValue
            {
                ["uid"] = review.GetObject("request")!["uid"],
                ["result"] = new ObjectValue { ["status"] = "Failure", ["message"] = "not today" },
            },
        });
        await DefineAsync(server, hooks);
        await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("one", """ "spec":{"host":"a"} """));
        var (code, body) = await server.SendAsync(HttpMethod.Get, Older);
        Assert.Equal(HttpStatusCode.InternalServerError, code);
        Assert.EndsWith("conversion webhook for stable.example.com/v1, Kind=CronTab failed: not today", CronTabs.Message(body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apiVersion", "v1", "failed: expected webhook response of apiextensions.k8s.io/v1, Kind=ConversionReview, got v1, Kind=ConversionReview")]
    [InlineData("response", null, "failed: no response provided")]
    [InlineData("response/convertedObjects", "[]", "returned 0 objects, expected 1")]
    [InlineData("response/convertedObjects/0/apiVersion", "v2", "returned invalid object at index 0: invalid groupVersion (expected stable.example.com/v1beta1, received v2)")]
    [InlineData("response/convertedObjects/0/kind", "X", "returned invalid object at index 0: invalid kind (expected CronTab, received X)")]
    [InlineData("response/convertedObjects/0/metadata/name", "x", "returned invalid object at index 0: must have the same name: one != x")]
    public async Task A_webhook_may_not_answer_something_else(string path, string? value, string message)
    {
        await using var server = await TestServer.StartAsync();
        await using var hooks = await WebhookServer.StartAsync();
        var answer = ConversionReviews.Answering(static (_, _) => { });
        hooks.On("/convert", review => Edit(answer(review), path, value));
        await DefineAsync(server, hooks);
        await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("one", """ "spec":{"host":"a"} """));
        var (code, body) = await server.SendAsync(HttpMethod.Get, Older + "/one");
        Assert.Equal(HttpStatusCode.InternalServerError, code);
        Assert.EndsWith($"conversion webhook for stable.example.com/v1, Kind=CronTab {message}", CronTabs.Message(body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reviews_of_the_first_version_that_is_known_are_sent()
    {
        await using var server = await TestServer.StartAsync();
        await using var hooks = await WebhookServer.StartAsync();
        hooks.On("/convert", review => Edit(ConversionReviews.Answering(static (_, _) => { })(review), "kind", null));
        await DefineAsync(server, hooks, """["v9","v1beta1","v1"]""");
        await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("one", """ "spec":{"host":"a"} """));
        var (code, body) = await server.SendAsync(HttpMethod.Get, Older + "/one");
        Assert.True(code == HttpStatusCode.OK, body.ToString());
        Assert.All(hooks.Received, r => Assert.Equal("apiextensions.k8s.io/v1beta1", r.GetString("apiVersion")));
    }

    private static ObjectValue Edit(ObjectValue answer, string path, string? value)
    {
        var steps = path.Split('/');
        Value at = answer;
        foreach (var step in steps[..^1])
            at = at is ListValue list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : at.AsObject()![step]!;
        at.AsObject()![steps[^1]] = value is null ? null : value[0] == '[' ? Value.Parse(value) : value;
        return answer;
    }

    [Fact]
    public async Task A_webhook_that_fails_ends_a_watch_with_an_error_event()
    {
        await using var server = await TestServer.StartAsync();
        await using var hooks = await WebhookServer.StartAsync();
        hooks.On("/convert", ConversionReviews.Answering(Convert));
        await DefineAsync(server, hooks);
        await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("one", """ "spec":{"host":"a","port":"1"} """));
        await using var watch = await WatchLines.OpenAsync(server.Http, Older + "?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");
        Assert.Equal("ADDED", (await watch.NextAsync()).GetString("type"));
        Assert.Equal("BOOKMARK", (await watch.NextAsync()).GetString("type"));
        hooks.On("/convert", _ => throw new InvalidOperationException("not today"));
        await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("two", """ "spec":{"host":"b","port":"1"} """));
        var failed = await watch.NextAsync();
        var status = failed.GetObject("object")!;
        Assert.Equal(("ERROR", "Status", "InternalError"), (failed.GetString("type"), status.GetString("kind"), status.GetString("reason")));
        Assert.Equal(500, status["code"]!.AsInt64());
        Assert.Contains("conversion webhook for stable.example.com/v1, Kind=CronTab failed", CronTabs.Message(status), StringComparison.Ordinal);
        Assert.Equal("", await watch.EndAsync());
    }

    [Fact]
    public async Task An_object_stored_in_the_wanted_version_is_sent_to_no_webhook()
    {
        var stored = (ObjectValue)Value.Parse(CronTabs.Object("one", """ "spec":{"host":"a"} """));
        // Stored before the definition's stored version changed. There is no webhook to ask.
        var conversion = new WebhookConversion(null!, null!, null!, "stable.example.com/v1", "stable.example.com/v1beta1");
        Assert.Same(stored, await conversion.FromStorageAsync(stored, CancellationToken.None));
    }

    private static string Beta(string spec) =>
        $$$"""{"apiVersion":"stable.example.com/v1beta1","kind":"CronTab","metadata":{"name":"one"},"spec":{{{spec}}}}""";

    private static Task DefineAsync(TestServer server, WebhookServer hooks, string? reviewVersions = null)
    {
        var definition = (ObjectValue)Value.Parse(CronTabs.Definition("""{"type":"object","properties":{"host":{"type":"string"},"port":{"type":"string"}}}"""));
        var older = ((ObjectValue)Value.Parse(CronTabs.Definition("""{"type":"object","properties":{"hostPort":{"type":"string"}}}""")))
            .GetObject("spec")!.GetList("versions")![0].AsObject()!;
        (older["name"], older["storage"]) = ("v1beta1", false);
        definition.GetObject("spec")!.GetList("versions")!.Add(older);
        definition.GetObject("spec")!["conversion"] = ConversionReviews.Strategy(hooks, "/convert");
        if (reviewVersions is not null)
            definition.GetObject("spec")!.GetObject("conversion")!.GetObject("webhook")!["conversionReviewVersions"] = Value.Parse(reviewVersions);
        return CronTabs.DefineAsync(server, definition.ToString());
    }

    private static void Convert(ObjectValue item, string wanted)
    {
        var spec = item.GetObject("spec")!;
        if (wanted.EndsWith("v1", StringComparison.Ordinal))
        {
            var parts = spec.GetString("hostPort")!.Split(':');
            item["spec"] = new ObjectValue { ["host"] = parts[0], ["port"] = parts[1] };
        }
        else
        {
            item["spec"] = new ObjectValue { ["hostPort"] = $"{spec.GetString("host")}:{spec.GetString("port")}" };
        }
    }
}
