using System.Net;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.OpenApi;
using Xebec.ApiServer.Tests.CustomResources;
using Xebec.Tests;

namespace Xebec.ApiServer.Tests.OpenApi;

/// <summary>Which versions of custom resources are in the OpenAPI documents, and with whose schema.</summary>
public sealed class PublishedDefinitionTests
{
    [Theory]
    [InlineData("one.example.com/v1/Foo", "two.example.com/v1/Foo")]
    [InlineData("one.example.com/v1/Foo", "one.example.com/v2/Bar")]
    [InlineData("one.example.com/v1/Foo", "one.example.com/v1/Bar")]
    [Conformance("[sig-api-machinery] CustomResourcePublishOpenAPI [Privileged:ClusterAdmin] works for multiple CRDs of different groups")]
    [Conformance("[sig-api-machinery] CustomResourcePublishOpenAPI [Privileged:ClusterAdmin] works for multiple CRDs of same group but different versions")]
    [Conformance("[sig-api-machinery] CustomResourcePublishOpenAPI [Privileged:ClusterAdmin] works for multiple CRDs of same group and version but different kinds")]
    public async Task Definitions_that_share_a_part_of_their_name_are_published_side_by_side(string first, string second)
    {
        await using var server = await TestServer.StartAsync();
        await DefineAsync(server, first, "first");
        Assert.Equal("first", await FieldAsync(server, first));
        Assert.Null(await FieldAsync(server, second));
        await DefineAsync(server, second, "second");
        Assert.Equal(("first", "second"), (await FieldAsync(server, first), await FieldAsync(server, second)));
        await server.SendAsync(HttpMethod.Delete, PathOf(first));
        await WaitUntilGoneAsync(server, first);
        Assert.Equal((null, "second"), (await FieldAsync(server, first), await FieldAsync(server, second)));
    }

    [Fact]
    [Conformance("[sig-api-machinery] CustomResourcePublishOpenAPI [Privileged:ClusterAdmin] updates the published spec when one version gets renamed")]
    public async Task A_version_that_is_renamed_is_published_by_its_new_name()
    {
        await using var server = await TestServer.StartAsync();
        await DefineAsync(server, "one.example.com/v2/Foo", "kept", "v3");
        Assert.Equal("kept-v3", await FieldAsync(server, "one.example.com/v3/Foo"));
        await ChangeAsync(server, "one.example.com/v2/Foo", """[{"op":"replace","path":"/spec/versions/1/name","value":"v4"}]""");
        Assert.Null(await FieldAsync(server, "one.example.com/v3/Foo"));
        Assert.Equal("kept-v3", await FieldAsync(server, "one.example.com/v4/Foo"));
        Assert.Equal("kept", await FieldAsync(server, "one.example.com/v2/Foo"));
    }

    [Fact]
    [Conformance("[sig-api-machinery] CustomResourcePublishOpenAPI [Privileged:ClusterAdmin] removes definition from spec when one version gets changed to not be served")]
    public async Task A_version_that_is_served_no_more_is_published_no_more()
    {
        await using var server = await TestServer.StartAsync();
        await DefineAsync(server, "one.example.com/v5/Foo", "kept", "v6alpha1");
        Assert.Equal("kept-v6alpha1", await FieldAsync(server, "one.example.com/v6alpha1/Foo"));
        await ChangeAsync(server, "one.example.com/v5/Foo", """[{"op":"replace","path":"/spec/versions/1/served","value":false}]""");
        Assert.Null(await FieldAsync(server, "one.example.com/v6alpha1/Foo"));
        Assert.Equal("kept", await FieldAsync(server, "one.example.com/v5/Foo"));
    }

    private static (string Group, string Version, string Kind) Parts(string name) => name.Split('/') is [var group, var version, var kind]
        ? (group, version, kind)
        : throw new ArgumentException(name);

    private static string NameOf(string name) => $"{Parts(name).Kind.ToLowerInvariant()}s.{Parts(name).Group}";

    private static string PathOf(string name) => $"{CronTabs.DefinitionsPath}/{NameOf(name)}";

    /// <summary>Defines a kind whose spec has one field; a second version has another one.</summary>
    private static Task DefineAsync(TestServer server, string name, string field, string second = "")
    {
        var (group, version, kind) = Parts(name);
        var versions = Version(version, field, isStored: true) + (second.Length > 0 ? "," + Version(second, $"{field}-{second}", isStored: false) : "");
        return CronTabs.DefineAsync(server, $$"""
            {"metadata":{"name":"{{NameOf(name)}}"},"spec":{"group":"{{group}}","scope":"Namespaced",
             "names":{"plural":"{{kind.ToLowerInvariant()}}s","kind":"{{kind}}"},"versions":[{{versions}}]} }
            """);
    }

    private static string Version(string name, string field, bool isStored) => $$"""
        {"name":"{{name}}","served":true,"storage":{{(isStored ? "true" : "false")}},"schema":{"openAPIV3Schema":
         {"type":"object","properties":{"spec":{"type":"object","properties":{"{{field}}":{"type":"string"} } } } } } }
        """;

    // Watches of objects end when a definition is served in another form.
    private static async Task ChangeAsync(TestServer server, string name, string patch)
    {
        var (group, version, kind) = Parts(name);
        await using var before = await WatchLines.OpenAsync(server.Http, $"/apis/{group}/{version}/{kind.ToLowerInvariant()}s?watch=true");
        var (code, body) = await server.SendAsync(HttpMethod.Patch, PathOf(name), patch, "application/json-patch+json");
        Assert.True(code == HttpStatusCode.OK, body.ToString());
        await before.EndAsync();
    }

    private static async Task WaitUntilGoneAsync(TestServer server, string name)
    {
        await using var watch = await WatchLines.OpenAsync(
            server.Http, $"{CronTabs.DefinitionsPath}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");
        while ((await server.SendAsync(HttpMethod.Get, PathOf(name))).Code != HttpStatusCode.NotFound)
            await watch.NextAsync();
    }

    /// <summary>The one field of a published spec, which both documents must agree on; null when the version is not published.</summary>
    private static async Task<string?> FieldAsync(TestServer server, string name)
    {
        var (group, version, kind) = Parts(name);
        var published = DefinitionNames.OfCustom(new GroupVersion(group, version), kind);
        var (_, second) = await server.SendAsync(HttpMethod.Get, "/openapi/v2");
        var (_, third) = await server.SendAsync(HttpMethod.Get, $"/openapi/v3/apis/{group}/{version}");
        var fields = new[] { second.GetObject("definitions"), third.GetObject("components")?.GetObject("schemas") }
            .Select(all => all?.GetObject(published)?.GetObject("properties")!.GetObject("spec")!.GetObject("properties")!.Single().Key);
        return Assert.Single(fields.Distinct());
    }
}
