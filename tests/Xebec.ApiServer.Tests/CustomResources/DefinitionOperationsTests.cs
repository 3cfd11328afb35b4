using System.Net;
using Xebec.ApiMachinery.Values;
using Xebec.Tests;

namespace Xebec.ApiServer.Tests.CustomResources;

/// <summary>What clients do with definitions themselves, and watches of the objects of one.</summary>
public sealed class DefinitionOperationsTests
{
    private const string Spec = """{"type":"object","properties":{"replicas":{"type":"integer"}}}""";

    [Fact]
    [Conformance("[sig-api-machinery] CustomResourceDefinition Watch [Privileged:ClusterAdmin] CustomResourceDefinition Watch watch on custom resource definition objects")]
    public async Task Watches_by_name_see_creation_change_and_deletion_of_their_object_only()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition(Spec));
        await using var one = await WatchLines.OpenAsync(server.Http, CronTabs.Path + "?watch=true&fieldSelector=metadata.name=one");
        await using var two = await WatchLines.OpenAsync(server.Http, CronTabs.Path + "?watch=true&fieldSelector=metadata.name=two");
        foreach (var name in new[] { "one", "two" })
            await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object(name, """ "spec":{"replicas":1} """));
        foreach (var name in new[] { "one", "two" })
            await server.SendAsync(HttpMethod.Patch, CronTabs.Path + "/" + name, """{"spec":{"replicas":5}}""", "application/merge-patch+json");
        foreach (var name in new[] { "one", "two" })
            await server.SendAsync(HttpMethod.Delete, CronTabs.Path + "/" + name);
        Assert.Equal(["ADDED one 1", "MODIFIED one 5", "DELETED one 5"], await NextAsync(one, 3));
        Assert.Equal(["ADDED two 1", "MODIFIED two 5", "DELETED two 5"], await NextAsync(two, 3));
    }

    [Fact]
    [Conformance("[sig-api-machinery] CustomResourceDefinition resources [Privileged:ClusterAdmin] Simple CustomResourceDefinition getting/updating/patching custom resource definition status sub-resource works")]
    public async Task The_status_of_a_definition_is_read_updated_and_patched()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition(Spec));
        var code = HttpStatusCode.Conflict;
        while (code == HttpStatusCode.Conflict)
        {
            var (_, read) = await server.SendAsync(HttpMethod.Get, CronTabs.DefinitionPath + "/status");
            Assert.True(CronTabs.HasCondition(read, "Established"), read.ToString());
            var changed = read.ToString().Replace("\"conditions\":[", "\"conditions\":[" + Condition("Updated") + ",", StringComparison.Ordinal);
            (code, var updated) = await server.SendAsync(HttpMethod.Put, CronTabs.DefinitionPath + "/status", changed);
            Assert.True(code is HttpStatusCode.OK or HttpStatusCode.Conflict, updated.ToString());
        }

        var patch = $$"""[{"op":"add","path":"/status/conditions/-","value":{{Condition("Patched")}}}]""";
        var (patching, patched) = await server.SendAsync(HttpMethod.Patch, CronTabs.DefinitionPath + "/status", patch, "application/json-patch+json");
        Assert.True(patching == HttpStatusCode.OK, patched.ToString());
        var (_, kept) = await server.SendAsync(HttpMethod.Get, CronTabs.DefinitionPath);
        Assert.All(["Established", "Updated", "Patched"], type => Assert.True(CronTabs.HasCondition(kept, type), kept.ToString()));
    }

    [Fact]
    [Conformance("[sig-api-machinery] CustomResourceDefinition resources [Privileged:ClusterAdmin] Simple CustomResourceDefinition listing custom resource definition objects works")]
    public async Task Definitions_are_listed_and_deleted_by_label()
    {
        const string Labelled = CronTabs.DefinitionsPath + "?labelSelector=crd=listed";
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition(Spec));
        for (var i = 0; i < 10; i++)
            await CronTabs.DefineAsync(server, Numbered(i));
        var (_, list) = await server.SendAsync(HttpMethod.Get, Labelled);
        Assert.Equal(10, list.GetList("items")!.Count);
        var version = list.GetObject("metadata")!.GetString("resourceVersion");
        await using var watch = await WatchLines.OpenAsync(server.Http, Labelled + "&watch=true&resourceVersion=" + version);
        var (code, deleted) = await server.SendAsync(HttpMethod.Delete, Labelled);
        Assert.True(code == HttpStatusCode.OK, deleted.ToString());
        for (var gone = 0; gone < 10;)
            gone += (await watch.NextAsync()).GetString("type") == "DELETED" ? 1 : 0;
        var (_, left) = await server.SendAsync(HttpMethod.Get, CronTabs.DefinitionsPath);
        Assert.Equal("crontabs.stable.example.com", Assert.Single(left.GetList("items")!).AsObject()!.GetObject("metadata")!.GetString("name"));
    }

    private static string Numbered(int number) => CronTabs.Definition(Spec)
        .Replace("stable.example.com", $"group{number}.example.com", StringComparison.Ordinal)
        .Replace("\"metadata\":{", "\"metadata\":{\"labels\":{\"crd\":\"listed\"},", StringComparison.Ordinal);

    private static string Condition(string type) =>
        $$"""{"type":"{{type}}","status":"True","reason":"E2E","message":"Set by a test","lastTransitionTime":"2026-01-01T00:00:00Z"}""";

    private static async Task<List<string>> NextAsync(WatchLines watch, int count)
    {
        var seen = new List<string>();
        while (seen.Count < count)
        {
            var change = await watch.NextAsync();
            var item = change.GetObject("object")!;
            seen.Add($"{change.GetString("type")} {item.GetObject("metadata")!.GetString("name")} {item.GetObject("spec")!["replicas"]}");
        }

        return seen;
    }
}
