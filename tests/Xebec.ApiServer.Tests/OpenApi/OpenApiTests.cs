using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Xebec.Api;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.OpenApi;

public sealed partial class OpenApiTests
{
    private const string Meta = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    [Fact]
    public async Task Every_document_of_the_index_is_whole()
    {
        await using var server = await TestServer.StartAsync();
        var (_, index) = await server.SendAsync(HttpMethod.Get, "/openapi/v3");
        Assert.Equal(BuiltIn.Resources.Select(r => r.GroupVersion).Distinct().Count(), index.GetObject("paths")!.Count);
        foreach (var (path, entry) in index.GetObject("paths")!)
        {
            var (code, document) = await server.SendAsync(HttpMethod.Get, entry.AsObject()!.GetString("serverRelativeURL")!);
            Assert.Equal((HttpStatusCode.OK, "3.0.0"), (code, document.GetString("openapi")));
            Assert.StartsWith("/" + path, document.GetObject("paths")!.At(0).Key);
            CheckReferences(document, document.GetObject("components")!.GetObject("schemas")!);
        }
    }

    [Fact]
    public async Task The_2_0_document_is_whole()
    {
        await using var server = await TestServer.StartAsync();
        var (_, document) = await server.SendAsync(HttpMethod.Get, "/openapi/v2");
        var definitions = document.GetObject("definitions")!;
        CheckReferences(document, definitions);
        foreach (var kind in BuiltIn.Resources)
        {
            Assert.Contains(definitions, d => d.Value.AsObject()!.GetList("x-kubernetes-group-version-kind")?[0].AsObject() is { } gvk
                && gvk.GetString("kind") == kind.Kind && gvk.GetString("group") == kind.GroupVersion.Group);
        }

        var ids = document.GetObject("paths")!.SelectMany(p => p.Value.AsObject()!)
            .Select(o => o.Value.AsObject()?.GetString("operationId")).Where(id => id is not null).ToList();
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public async Task A_field_says_all_that_the_schema_knows()
    {
        await using var server = await TestServer.StartAsync();
        var (_, document) = await server.SendAsync(HttpMethod.Get, "/openapi/v3/api/v1");
        var schemas = document.GetObject("components")!.GetObject("schemas")!;
        var spec = schemas.GetObject("io.k8s.api.core.v1.PodSpec")!;
        Assert.Equal(["containers"], spec.GetList("required")!.Select(r => r.AsString()!));
        var containers = spec.GetObject("properties")!.GetObject("containers")!;
        Assert.Equal(
            ("array", "map", "name", "merge"),
            (containers.GetString("type"), containers.GetString("x-kubernetes-list-type"),
                containers.GetString("x-kubernetes-patch-merge-key"), containers.GetString("x-kubernetes-patch-strategy")));
        Assert.StartsWith("List of containers belonging to the pod.", containers.GetString("description"));
        var port = schemas.GetObject("io.k8s.api.core.v1.ContainerPort")!.GetObject("properties")!;
        Assert.Equal("\"TCP\"", port.GetObject("protocol")!["default"]!.ToString());
        Assert.Equal("int32", port.GetObject("containerPort")!.GetString("format"));
        Assert.Equal("date-time", schemas.GetObject(Meta + "Time")!.GetString("format"));
        Assert.Equal("int-or-string", schemas.GetObject("io.k8s.apimachinery.pkg.util.intstr.IntOrString")!.GetString("format"));
    }

    [Fact]
    public async Task Patch_names_the_parameters_that_clients_look_for()
    {
        await using var server = await TestServer.StartAsync();
        var (_, document) = await server.SendAsync(HttpMethod.Get, "/openapi/v3/apis/apps/v1");
        var patch = document.GetObject("paths")!.GetObject("/apis/apps/v1/namespaces/{namespace}/deployments/{name}")!.GetObject("patch")!;
        Assert.Equal(
            ["dryRun", "fieldManager", "fieldValidation", "force"],
            patch.GetList("parameters")!.Select(p => p.AsObject()!.GetString("name")!));
        Assert.Equal("""{"group":"apps","kind":"Deployment","version":"v1"}""", patch["x-kubernetes-group-version-kind"]!.ToString());
        Assert.Equal("patch", patch.GetString("x-kubernetes-action"));
    }

    [Fact]
    public async Task Protobuf_of_2_0_says_the_same()
    {
        await using var server = await TestServer.StartAsync();
        var (_, json) = await server.SendAsync(HttpMethod.Get, "/openapi/v2");
        using var response = await SendAsync(server, "/openapi/v2", "application/com.github.proto-openapi.spec.v2@v1.0+protobuf");
        Assert.Equal("application/com.github.proto-openapi.spec.v2.v1.0+protobuf", response.Content.Headers.ContentType!.ToString());
        var document = new WireFields(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("2.0", document.Text(1));
        Assert.Equal(json.GetObject("definitions")!.Select(d => d.Key), document.Message(9).Messages(1).Select(d => d.Text(1)));
        var spec = document.Message(9).Named(1, "io.k8s.api.core.v1.PodSpec");
        var properties = json.GetObject("definitions")!.GetObject("io.k8s.api.core.v1.PodSpec")!.GetObject("properties")!;
        Assert.Equal(properties.Select(p => p.Key), spec.Message(25).Messages(1).Select(p => p.Text(1)));
        var path = document.Message(8).Named(2, "/apis/apps/v1/namespaces/{namespace}/deployments/{name}");
        var parameters = path.Message(8).Messages(8).Select(p => p.Message(1)).Where(p => p.Messages(2).Any())
            .Select(p => p.Message(2, 3).Text(4));
        Assert.Equal(["dryRun", "fieldManager", "fieldValidation", "force"], parameters);
        var kind = path.Message(8).Named(13, "x-kubernetes-group-version-kind").Text(2);
        Assert.Equal("""{"group":"apps","kind":"Deployment","version":"v1"}""", kind);
    }

    [Fact]
    public async Task Protobuf_of_3_0_says_the_same()
    {
        await using var server = await TestServer.StartAsync();
        var (_, json) = await server.SendAsync(HttpMethod.Get, "/openapi/v3/apis/batch/v1");
        using var response = await SendAsync(
            server, "/openapi/v3/apis/batch/v1", "application/com.github.proto-openapi.spec.v3@v1.0+protobuf");
        var document = new WireFields(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("3.0.0", document.Text(1));
        Assert.Equal(json.GetObject("paths")!.Select(p => p.Key), document.Message(4).Messages(1).Select(p => p.Text(1)));
        var job = document.Message(5, 1).Named(1, "io.k8s.api.batch.v1.Job").Message(1);
        Assert.Equal("object", job.Text(25));
        Assert.EndsWith("JobSpec", job.Message(31).Named(1, "spec").Message(1, 26, 2).Text(1));
    }

    [Fact]
    public async Task A_document_is_sent_once_and_then_known_by_its_hash()
    {
        await using var server = await TestServer.StartAsync();
        using var first = await SendAsync(server, "/openapi/v3/apis/apps/v1", "application/json", ("Accept-Encoding", "gzip"));
        await using var plain = new GZipStream(await first.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var text = new StreamReader(plain);
        Assert.StartsWith("{\"openapi\":\"3.0.0\"", await text.ReadToEndAsync());
        using var again = await SendAsync(
            server, "/openapi/v3/apis/apps/v1", "application/json", ("If-None-Match", first.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using var stale = await SendAsync(server, "/openapi/v3/apis/apps/v1?hash=OLD", "application/json");
        Assert.Equal(HttpStatusCode.MovedPermanently, stale.StatusCode);
        using var moved = await SendAsync(server, stale.Headers.Location!.ToString(), "application/json");
        Assert.Equal("public, immutable", string.Join(", ", moved.Headers.GetValues("Cache-Control")));
    }

    [Fact]
    public async Task What_is_not_there_or_not_acceptable_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(HttpMethod.Get, "/openapi/v3/apis/nonsense/v1")).Code);
        Assert.Equal(HttpStatusCode.NotAcceptable, (await server.SendAsync(HttpMethod.Get, "/openapi/v2", accept: "text/html")).Code);
    }

    [Fact]
    public void Every_built_in_kind_is_described()
    {
        var descriptions = Descriptions.Read();
        var silent = BuiltIn.Resources.Where(r => descriptions.Of(BuiltIn.KindSchema(r.GroupVersion, r.Kind)) is null);
        Assert.Empty(silent.Select(r => r.ToString()).Except(NewerThanTheDescriptions));
    }

    // Kinds that the KubernetesClient package does not know in this version yet.
    private static readonly string[] NewerThanTheDescriptions =
    [
        "admissionregistration.k8s.io/v1 MutatingAdmissionPolicy", "admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding",
    ];

    private static void CheckReferences(ObjectValue document, ObjectValue definitions)
    {
        var names = References().Matches(document.ToString()).Select(m => m.Groups[1].Value).Distinct();
        Assert.Empty(names.Except(definitions.Select(d => d.Key)));
    }

    [GeneratedRegex("\"#/(?:definitions|components/schemas)/([^\"]+)\"")]
    private static partial Regex References();

    private static Task<HttpResponseMessage> SendAsync(
        TestServer server, string path, string accept, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return server.Http.SendAsync(request);
    }
}
