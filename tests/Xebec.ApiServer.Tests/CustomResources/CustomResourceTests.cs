using System.Net;
using Xebec.ApiMachinery.Values;
using Xebec.Tests;

namespace Xebec.ApiServer.Tests.CustomResources;

public sealed class CustomResourceTests
{
    private const string Spec = """{"type":"object","properties":{"cronSpec":{"type":"string"},"replicas":{"type":"integer"}}}""";

    [Fact]
    public async Task A_definition_is_served_once_it_is_established()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition(Spec));
        var (code, created) = await server.SendAsync(
            HttpMethod.Post, CronTabs.Path, CronTabs.Object("one", """ "spec":{"cronSpec":"* * * * *","replicas":2,"unknown":{"a":1}},"other":1 """));
        Assert.Equal(HttpStatusCode.Created, code);
        Assert.Equal("""{"cronSpec":"* * * * *","replicas":2}""", created["spec"]!.ToString());
        Assert.False(created.ContainsKey("other"));
        Assert.Equal(1, created.GetObject("metadata")!["generation"]!.AsInt64());
        var (_, list) = await server.SendAsync(HttpMethod.Get, "/apis/stable.example.com/v1/crontabs");
        Assert.Equal("CronTabList", list.GetString("kind"));
        var item = Assert.IsType<ObjectValue>(Assert.Single(list.GetList("items")!));
        Assert.Equal("CronTab", item.GetString("kind"));
        var (found, _) = await server.SendAsync(HttpMethod.Delete, CronTabs.Path + "/one");
        Assert.Equal(HttpStatusCode.OK, found);
        var (gone, _) = await server.SendAsync(HttpMethod.Get, CronTabs.Path + "/one");
        Assert.Equal(HttpStatusCode.NotFound, gone);
    }

    [Fact]
    public async Task Discovery_names_what_a_definition_declares()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition(Spec, ""","subresources":{"status":{}}"""));
        var (_, list) = await server.SendAsync(HttpMethod.Get, "/apis/stable.example.com/v1");
        var crontabs = list.GetList("resources")![0].AsObject()!;
        Assert.True(crontabs.Remove("storageVersionHash"));
        Assert.Equal(
            """{"name":"crontabs","singularName":"crontab","namespaced":true,"kind":"CronTab","verbs":["delete","deletecollection","get","list","patch","create","update","watch"],"shortNames":["ct"],"categories":["all"]}""",
            crontabs.ToString());
        Assert.Equal("crontabs/status", list.GetList("resources")![1].AsObject()!.GetString("name"));
        var (_, groups) = await server.SendAsync(HttpMethod.Get, "/apis");
        Assert.Contains(groups.GetList("groups")!, g => g.AsObject()!.GetString("name") == "stable.example.com");
    }

    [Fact]
    public async Task A_watch_sees_changes_and_ends_when_the_definition_goes()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition(Spec));
        await using var watch = await WatchLines.OpenAsync(server.Http, CronTabs.Path + "?watch=true");
        await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("one", """ "spec":{"replicas":1} """));
        Assert.Equal("ADDED", (await watch.NextAsync()).GetString("type"));
        await server.SendAsync(HttpMethod.Delete, CronTabs.DefinitionPath);
        Assert.Equal("DELETED", await watch.EndAsync());
        await using var definitions = await WatchLines.OpenAsync(server.Http, CronTabs.DefinitionsPath + "?watch=true");
        await GoneAsync(server, definitions);
        var (code, _) = await server.SendAsync(HttpMethod.Get, CronTabs.Path);
        Assert.Equal(HttpStatusCode.NotFound, code);
    }

    [Fact]
    [Conformance("[sig-api-machinery] CustomResourceDefinition resources [Privileged:ClusterAdmin] Simple CustomResourceDefinition creating/deleting custom resource definition objects works")]
    public async Task A_definition_goes_after_its_instances_and_can_come_again()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition(Spec));
        await server.SendAsync(
            HttpMethod.Post, CronTabs.Path,
            """{"apiVersion":"stable.example.com/v1","kind":"CronTab","metadata":{"name":"held","finalizers":["example.com/hold"]},"spec":{}}""");
        var (code, deleted) = await server.SendAsync(HttpMethod.Delete, CronTabs.DefinitionPath);
        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Contains("customresourcecleanup.apiextensions.k8s.io", deleted.ToString(), StringComparison.Ordinal);
        await CronTabs.WaitAsync(server, "crontabs.stable.example.com", item => item.ToString().Contains("InstanceDeletionInProgress", StringComparison.Ordinal));
        var (refused, why) = await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("late", """ "spec":{} """));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, refused);
        Assert.Equal("create not allowed while custom resource definition is terminating", CronTabs.Message(why));
        await using var definitions = await WatchLines.OpenAsync(server.Http, CronTabs.DefinitionsPath + "?watch=true");
        await server.SendAsync(HttpMethod.Patch, CronTabs.Path + "/held", """{"metadata":{"finalizers":null}}""", "application/merge-patch+json");
        await GoneAsync(server, definitions);
        await CronTabs.DefineAsync(server, CronTabs.Definition(Spec));
        var (_, list) = await server.SendAsync(HttpMethod.Get, CronTabs.Path);
        Assert.Empty(list.GetList("items")!);
    }

    private static async Task GoneAsync(TestServer server, WatchLines definitions)
    {
        var (code, _) = await server.SendAsync(HttpMethod.Get, CronTabs.DefinitionPath);
        while (code != HttpStatusCode.NotFound && (await definitions.NextAsync()).GetString("type") != "DELETED")
        {
        }
    }
}
