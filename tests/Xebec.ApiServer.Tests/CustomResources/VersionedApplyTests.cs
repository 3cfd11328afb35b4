using System.Net;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Tests.Webhooks;

namespace Xebec.ApiServer.Tests.CustomResources;

/// <summary>Server-side apply where the owners of fields wrote at several versions of a definition.</summary>
public sealed class VersionedApplyTests
{
    private const string Second = "/apis/stable.example.com/v2/namespaces/default/crontabs";
    private const string Spec = """{"type":"object","properties":{"size":{"type":"integer"},"color":{"type":"string"}} }""";
    private const string RenamedSpec = """{"type":"object","properties":{"replicas":{"type":"integer"},"color":{"type":"string"}} }""";

    [Fact]
    public async Task What_is_applied_in_another_version_no_more_goes()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, Definition(Spec, Spec).ToString());
        await ApplyAsync(server, CronTabs.Path, "m", """{"size":1,"color":"red"}""", HttpStatusCode.Created);
        var applied = await ApplyAsync(server, Second, "m", """{"color":"red"}""");
        Assert.Equal("""{"color":"red"}""", applied["spec"]!.ToString());
        Assert.Equal(["m stable.example.com/v2 {\"f:spec\":{\"f:color\":{}}}"], Owners(applied));
    }

    [Fact]
    public async Task Renamed_fields_are_removed_by_the_name_they_were_applied_under()
    {
        await using var server = await TestServer.StartAsync();
        await using var hooks = await StartRenamingAsync(server);
        await ApplyAsync(server, CronTabs.Path, "m", """{"size":1,"color":"red"}""", HttpStatusCode.Created);
        await ApplyAsync(server, CronTabs.Path, "n", """{"color":"red"}""");
        var applied = await ApplyAsync(server, Second, "m", "{}");
        Assert.Equal("""{"color":"red"}""", applied["spec"]!.ToString());
        Assert.Equal(["m stable.example.com/v2 {\"f:spec\":{}}", "n stable.example.com/v1 {\"f:spec\":{\"f:color\":{}}}"], Owners(applied));
    }

    [Fact]
    public async Task A_conflict_names_the_field_as_its_owner_does_and_force_takes_it()
    {
        await using var server = await TestServer.StartAsync();
        await using var hooks = await StartRenamingAsync(server);
        await ApplyAsync(server, CronTabs.Path, "m", """{"size":1,"color":"red"}""", HttpStatusCode.Created);
        var (code, refused) = await SendAsync(server, Second, "n", """{"replicas":2}""", "");
        Assert.Equal(HttpStatusCode.Conflict, code);
        Assert.Equal("Apply failed with 1 conflict: conflict with \"m\": .spec.size", CronTabs.Message(refused));
        var (forced, taken) = await SendAsync(server, Second, "n", """{"replicas":2}""", "&force=true");
        Assert.Equal(HttpStatusCode.OK, forced);
        Assert.Equal(
            ["m stable.example.com/v1 {\"f:spec\":{\"f:color\":{}}}", "n stable.example.com/v2 {\"f:spec\":{\"f:replicas\":{}}}"], Owners(taken));
    }

    [Fact]
    public async Task An_update_in_another_version_takes_the_field_from_its_owner()
    {
        await using var server = await TestServer.StartAsync();
        await using var hooks = await StartRenamingAsync(server);
        await ApplyAsync(server, CronTabs.Path, "m", """{"size":1,"color":"red"}""", HttpStatusCode.Created);
        var (_, updated) = await server.SendAsync(
            HttpMethod.Patch, Second + "/one?fieldManager=n", """{"spec":{"replicas":2}}""", "application/merge-patch+json");
        Assert.Equal(
            ["m stable.example.com/v1 {\"f:spec\":{\"f:color\":{}}}", "n stable.example.com/v2 {\"f:spec\":{\"f:replicas\":{}}}"], Owners(updated));
    }

    [Fact]
    public async Task A_write_does_not_fail_for_owners_whose_version_can_not_be_read()
    {
        await using var server = await TestServer.StartAsync();
        await using var hooks = await StartRenamingAsync(server);
        await ApplyAsync(server, Second, "m", """{"replicas":1}""", HttpStatusCode.Created);
        hooks.On("/convert", _ => throw new InvalidOperationException("gone"));
        var (code, updated) = await server.SendAsync(
            HttpMethod.Patch, CronTabs.Path + "/one?fieldManager=n", """{"metadata":{"labels":{"a":"b"}}}""", "application/merge-patch+json");
        Assert.True(code == HttpStatusCode.OK, updated.ToString());
        Assert.Null(updated.GetObject("metadata")!["managedFields"]);
    }

    [Fact]
    public async Task Owners_at_a_version_that_is_gone_are_dropped()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, Definition(Spec, Spec).ToString());
        await ApplyAsync(server, Second, "m", """{"size":1}""", HttpStatusCode.Created);
        await using var watch = await WatchLines.OpenAsync(server.Http, Second + "?watch=true");
        var (_, definition) = await server.SendAsync(HttpMethod.Patch, CronTabs.DefinitionPath, """[{"op":"remove","path":"/spec/versions/1"}]""", "application/json-patch+json");
        Assert.Single(definition.GetObject("spec")!.GetList("versions")!);
        await watch.EndAsync();
        var applied = await ApplyAsync(server, CronTabs.Path, "n", """{"size":2}""");
        Assert.Equal(["n stable.example.com/v1 {\"f:spec\":{\"f:size\":{}}}"], Owners(applied));
    }

    [Fact]
    public async Task Owners_at_a_version_that_is_not_served_stay()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, Definition(Spec, Spec).ToString());
        await ApplyAsync(server, Second, "m", """{"size":1}""", HttpStatusCode.Created);
        await using var watch = await WatchLines.OpenAsync(server.Http, Second + "?watch=true");
        await server.SendAsync(
            HttpMethod.Patch, CronTabs.DefinitionPath, """[{"op":"replace","path":"/spec/versions/1/served","value":false}]""", "application/json-patch+json");
        await watch.EndAsync();
        var (code, refused) = await SendAsync(server, CronTabs.Path, "n", """{"size":2}""", "");
        Assert.Equal(HttpStatusCode.Conflict, code);
        Assert.Equal("Apply failed with 1 conflict: conflict with \"m\": .spec.size", CronTabs.Message(refused));
    }

    private static ObjectValue Definition(string first, string second)
    {
        var definition = (ObjectValue)Value.Parse(CronTabs.Definition(first));
        var version = ((ObjectValue)Value.Parse(CronTabs.Definition(second))).GetObject("spec")!.GetList("versions")![0].AsObject()!;
        (version["name"], version["storage"]) = ("v2", false);
        definition.GetObject("spec")!.GetList("versions")!.Add(version);
        return definition;
    }

    private static async Task<WebhookServer> StartRenamingAsync(TestServer server)
    {
        var hooks = await WebhookServer.StartAsync();
        hooks.On("/convert", ConversionReviews.Answering(Rename));
        var definition = Definition(Spec, RenamedSpec);
        definition.GetObject("spec")!["conversion"] = ConversionReviews.Strategy(hooks, "/convert");
        await CronTabs.DefineAsync(server, definition.ToString());
        return hooks;
    }

    private static void Rename(ObjectValue item, string apiVersion)
    {
        if (item.GetObject("spec") is not { } spec)
            return;
        var (from, to) = apiVersion.EndsWith("v2", StringComparison.Ordinal) ? ("size", "replicas") : ("replicas", "size");
        (spec[to], spec[from]) = (spec[from], null);
    }

    private static async Task<ObjectValue> ApplyAsync(
        TestServer server, string path, string manager, string spec, HttpStatusCode wanted = HttpStatusCode.OK)
    {
        var (code, body) = await SendAsync(server, path, manager, spec, "");
        Assert.True(code == wanted, body.ToString());
        return body;
    }

    private static Task<(HttpStatusCode Code, ObjectValue Body)> SendAsync(TestServer server, string path, string manager, string spec, string force)
    {
        var version = path.Split('/')[3];
        var config = CronTabs.Object("one", $"\"spec\":{spec}").Replace("example.com/v1", "example.com/" + version, StringComparison.Ordinal);
        return server.SendAsync(HttpMethod.Patch, $"{path}/one?fieldManager={manager}{force}", config, "application/apply-patch+yaml");
    }

    private static IEnumerable<string> Owners(ObjectValue item) => item.GetObject("metadata")!.GetList("managedFields")!
        .Select(e => e.AsObject()!).Select(e => $"{e.GetString("manager")} {e.GetString("apiVersion")} {e["fieldsV1"]}");
}
