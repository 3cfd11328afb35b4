using System.Net;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.CustomResources;

public sealed class VersionsTests
{
    private const string Spec = """{"type":"object","properties":{"replicas":{"type":"integer"},"selector":{"type":"string"},"color":{"type":"string"}}}""";
    private const string Apply = "application/apply-patch+yaml";

    [Fact]
    public async Task The_status_subresource_writes_the_status_alone()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition(Spec, ""","subresources":{"status":{}}"""));
        var (_, created) = await server.SendAsync(
            HttpMethod.Post, CronTabs.Path, CronTabs.Object("one", """ "spec":{"replicas":1},"status":{"a":1} """));
        Assert.False(created.ContainsKey("status"));
        var (_, status) = await server.SendAsync(
            HttpMethod.Patch, CronTabs.Path + "/one/status", """{"spec":{"replicas":5},"status":{"a":2}}""", "application/merge-patch+json");
        Assert.Equal("""{"a":2}""", status["status"]!.ToString());
        Assert.Equal(1, status.GetObject("spec")!["replicas"]!.AsInt64());
        Assert.Equal(1, status.GetObject("metadata")!["generation"]!.AsInt64());
        var (_, changed) = await server.SendAsync(
            HttpMethod.Patch, CronTabs.Path + "/one", """{"spec":{"replicas":5},"status":{"a":9}}""", "application/merge-patch+json");
        Assert.Equal("""{"a":2}""", changed["status"]!.ToString());
        Assert.Equal(2, changed.GetObject("metadata")!["generation"]!.AsInt64());
    }

    [Fact]
    public async Task The_scale_subresource_reads_and_writes_the_declared_paths()
    {
        await using var server = await TestServer.StartAsync();
        const string Scale = ""","subresources":{"status":{},"scale":{"specReplicasPath":".spec.replicas","statusReplicasPath":".status.replicas","labelSelectorPath":".status.selector"}}""";
        await CronTabs.DefineAsync(server, CronTabs.Definition(Spec, Scale));
        await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("one", """ "spec":{"replicas":3} """));
        await server.SendAsync(
            HttpMethod.Patch, CronTabs.Path + "/one/status", """{"status":{"replicas":2,"selector":"a=b"}}""", "application/merge-patch+json");
        var (_, scale) = await server.SendAsync(HttpMethod.Get, CronTabs.Path + "/one/scale");
        Assert.Equal("""{"replicas":3}""", scale["spec"]!.ToString());
        Assert.Equal("""{"replicas":2,"selector":"a=b"}""", scale["status"]!.ToString());
        var (code, _) = await server.SendAsync(
            HttpMethod.Patch, CronTabs.Path + "/one/scale", """{"spec":{"replicas":7}}""", "application/merge-patch+json");
        Assert.Equal(HttpStatusCode.OK, code);
        var (_, item) = await server.SendAsync(HttpMethod.Get, CronTabs.Path + "/one");
        Assert.Equal(7, item.GetObject("spec")!["replicas"]!.AsInt64());
    }

    [Fact]
    public async Task Declared_columns_are_printed_and_declared_fields_select()
    {
        await using var server = await TestServer.StartAsync();
        const string Extras = ""","selectableFields":[{"jsonPath":".spec.color"}],"additionalPrinterColumns":[{"name":"Replicas","type":"integer","jsonPath":".spec.replicas"},{"name":"Ready","type":"string","jsonPath":".status.conditions[?(@.type==\"Ready\")].status"}]""";
        await CronTabs.DefineAsync(server, CronTabs.Definition(Spec, Extras));
        await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object(
            "one", """ "spec":{"replicas":3,"color":"red"},"status":{"conditions":[{"type":"Other","status":"x"},{"type":"Ready","status":"True"}]} """));
        await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("two", """ "spec":{"color":"blue"} """));
        var (_, table) = await server.SendAsync(
            HttpMethod.Get, CronTabs.Path, accept: "application/json;as=Table;v=v1;g=meta.k8s.io");
        Assert.Equal(["Name", "Replicas", "Ready"], table.GetList("columnDefinitions")!.Select(c => c.AsObject()!.GetString("name")));
        Assert.Equal(["""["one",3,"True"]""", """["two",null,null]"""], table.GetList("rows")!.Select(r => r.AsObject()!["cells"]!.ToString()));
        var (_, red) = await server.SendAsync(HttpMethod.Get, CronTabs.Path + "?fieldSelector=spec.color%3Dred");
        Assert.Equal("one", Assert.Single(red.GetList("items")!).AsObject()!.GetObject("metadata")!.GetString("name"));
        var (refused, _) = await server.SendAsync(HttpMethod.Get, CronTabs.Path + "?fieldSelector=spec.replicas%3D3");
        Assert.Equal(HttpStatusCode.BadRequest, refused);
    }

    [Fact]
    public async Task Another_version_shows_the_same_objects_and_one_is_stored()
    {
        await using var server = await TestServer.StartAsync();
        var definition = (ObjectValue)Value.Parse(CronTabs.Definition(Spec));
        var versions = definition.GetObject("spec")!.GetList("versions")!;
        var second = (ObjectValue)versions[0].DeepClone();
        (second["name"], second["storage"], second["deprecated"]) = ("v1beta1", false, true);
        versions.Add(second);
        await CronTabs.DefineAsync(server, definition.ToString());
        var older = CronTabs.Path.Replace("/v1/", "/v1beta1/", StringComparison.Ordinal);
        var body = CronTabs.Object("one", """ "spec":{"replicas":3} """).Replace("/v1\"", "/v1beta1\"", StringComparison.Ordinal);
        var (code, created) = await server.SendAsync(HttpMethod.Post, older, body);
        Assert.Equal((HttpStatusCode.Created, "stable.example.com/v1beta1"), (code, created.GetString("apiVersion")));
        var (_, list) = await server.SendAsync(HttpMethod.Get, CronTabs.Path);
        Assert.Equal("stable.example.com/v1", list.GetList("items")![0].AsObject()!.GetString("apiVersion"));
        var response = await server.Http.GetAsync(older);
        Assert.Equal("299 - \"stable.example.com/v1beta1 CronTab is deprecated\"", response.Headers.GetValues("Warning").Single());
    }

    [Fact]
    public async Task Server_side_apply_merges_as_the_schema_says()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition("""
            {"type":"object","properties":{"ports":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],
               "items":{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"number":{"type":"integer"}}}},
               "whole":{"type":"array","items":{"type":"string"}}}}
            """));
        const string One = """{"apiVersion":"stable.example.com/v1","kind":"CronTab","metadata":{"name":"one"},"spec":{"ports":[{"name":"a","number":1}]}}""";
        const string Two = """{"apiVersion":"stable.example.com/v1","kind":"CronTab","metadata":{"name":"one"},"spec":{"ports":[{"name":"b","number":2}]}}""";
        var (made, _) = await server.SendAsync(HttpMethod.Patch, CronTabs.Path + "/one?fieldManager=one", One, Apply);
        Assert.Equal(HttpStatusCode.Created, made);
        var (_, merged) = await server.SendAsync(HttpMethod.Patch, CronTabs.Path + "/one?fieldManager=two", Two, Apply);
        Assert.Equal("""{"ports":[{"name":"a","number":1},{"name":"b","number":2}]}""", merged["spec"]!.ToString());
        var taken = Two.Replace("\"b\"", "\"a\"", StringComparison.Ordinal);
        var (conflict, why) = await server.SendAsync(HttpMethod.Patch, CronTabs.Path + "/one?fieldManager=two", taken, Apply);
        Assert.Equal(HttpStatusCode.Conflict, conflict);
        Assert.Contains(".spec.ports[name=\"a\"].number", CronTabs.Message(why), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strategic_merge_and_protobuf_are_not_for_custom_resources()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition(Spec));
        await server.SendAsync(HttpMethod.Post, CronTabs.Path, CronTabs.Object("one", """ "spec":{} """));
        var (patched, _) = await server.SendAsync(HttpMethod.Patch, CronTabs.Path + "/one", "{}", "application/strategic-merge-patch+json");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, patched);
        using var request = new HttpRequestMessage(HttpMethod.Get, CronTabs.Path) { Headers = { { "Accept", "application/vnd.kubernetes.protobuf" } } };
        using var read = await server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotAcceptable, read.StatusCode);
        var (put, _) = await server.SendAsync(HttpMethod.Put, CronTabs.Path + "/one", CronTabs.Object("one", """ "spec":{} """));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, put);
    }

    [Fact]
    public async Task Names_that_are_taken_are_refused_until_they_are_free()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition(Spec));
        var other = CronTabs.Definition(Spec).Replace("crontabs", "others", StringComparison.Ordinal).Replace("\"crontab\"", "\"other\"", StringComparison.Ordinal);
        var (code, body) = await server.SendAsync(HttpMethod.Post, CronTabs.DefinitionsPath, other);
        Assert.True(code == HttpStatusCode.Created, body.ToString());
        var refused = await CronTabs.WaitAsync(server, "others.stable.example.com", d => CronTabs.HasCondition(d, "NamesAccepted", "False"));
        Assert.Contains("\\\"CronTabList\\\" is already in use", refused.ToString(), StringComparison.Ordinal);
        await server.SendAsync(HttpMethod.Delete, CronTabs.DefinitionPath);
        await CronTabs.WaitAsync(server, "others.stable.example.com", d => CronTabs.HasCondition(d, "Established"));
    }

    [Fact]
    public async Task OpenApi_shows_a_definition_when_it_is_established()
    {
        await using var server = await TestServer.StartAsync();
        await CronTabs.DefineAsync(server, CronTabs.Definition(Spec));
        var (_, index) = await server.SendAsync(HttpMethod.Get, "/openapi/v3");
        Assert.True(index.GetObject("paths")!.ContainsKey("apis/stable.example.com/v1"));
        var (_, document) = await server.SendAsync(HttpMethod.Get, "/openapi/v3/apis/stable.example.com/v1");
        var schema = document.GetObject("components")!.GetObject("schemas")!.GetObject("com.example.stable.v1.CronTab")!;
        Assert.True(schema.GetObject("properties")!.ContainsKey("spec"));
    }
}
