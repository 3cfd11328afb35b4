using System.IO.Compression;
using System.Net;
using System.Text;
using Xebec.Api;
using Xebec.ApiMachinery.Protobuf;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.Endpoints;

/// <summary>What an answer is written in: media types by quality, representations, indentation, compression, the id of the request.</summary>
public sealed class NegotiationTests : IAsyncLifetime
{
    private const string Path = "/api/v1/namespaces/default/configmaps";
    private const string Partial = "as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        await _server.SendAsync(HttpMethod.Post, Path, """{"metadata":{"name":"a","labels":{"l":"x"}},"data":{"k":"v"}}""");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("application/json", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/*", "application/json")]
    [InlineData("application/yaml", "application/yaml")]
    [InlineData("application/yaml;q=0.4, application/json;q=0.9", "application/json")]
    [InlineData("*/*, application/yaml", "application/yaml")]
    [InlineData("application/vnd.kubernetes.protobuf,application/json", KubernetesProtobuf.MediaType)]
    [InlineData("application/json;as=Table;g=meta.k8s.io;v=v1", "application/json")]
    [InlineData("application/yaml;as=Table;g=meta.k8s.io;v=v1", "application/yaml")]
    [InlineData("application/vnd.kubernetes.protobuf;as=Table;g=meta.k8s.io;v=v1,application/json", "application/json")]
    [InlineData("application/json;" + Partial, "application/json")]
    [InlineData("application/yaml;" + Partial, "application/yaml")]
    [InlineData("application/vnd.kubernetes.protobuf;" + Partial, KubernetesProtobuf.MediaType)]
    [InlineData("text/html;q=0.9,*/*;q=0.1", "application/json")]
    public async Task An_object_and_an_error_are_written_in(string accept, string expected)
    {
        using var found = await GetAsync(Path + "/a", accept);
        Assert.Equal((HttpStatusCode.OK, expected), (found.StatusCode, found.Content.Headers.ContentType?.ToString()));

        // An error has no other representation, and is told in JSON when nothing else fits.
        using var absent = await GetAsync(Path + "/absent", accept);
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
        var plain = accept.Contains("as=", StringComparison.Ordinal) ? "application/json" : expected;
        Assert.Equal(plain, absent.Content.Headers.ContentType?.ToString());
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/cbor")]
    [InlineData("application/json;as=Table;g=meta.k8s.io;v=v9")]
    public async Task Nothing_else_is(string accept)
    {
        var (code, status) = await _server.SendAsync(HttpMethod.Get, Path + "/a", accept: accept);
        Assert.Equal((HttpStatusCode.NotAcceptable, "NotAcceptable"), (code, status.GetString("reason")));
        Assert.Equal(
            "only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf",
            status.GetString("message"));
    }

    [Fact]
    public async Task Metadata_alone_comes_as_protobuf_too()
    {
        var schema = BuiltIn.Schema["meta/v1.PartialObjectMetadata"];
        using var one = await GetAsync(Path + "/a", $"{KubernetesProtobuf.MediaType};{Partial}");
        var item = Decode(await one.Content.ReadAsByteArrayAsync());
        Assert.Equal(("PartialObjectMetadata", "meta.k8s.io/v1"), (item.GetString("kind"), item.GetString("apiVersion")));
        Assert.Equal("x", item.GetObject("metadata")!.GetObject("labels")!.GetString("l"));
        Assert.False(item.ContainsKey("data"));

        using var list = await GetAsync(Path, $"{KubernetesProtobuf.MediaType};as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
        var bytes = await list.Content.ReadAsByteArrayAsync();
        Assert.Equal("PartialObjectMetadataList", KubernetesProtobuf.ReadEnvelope(bytes).Kind);

        using var watch = await _server.Http.SendAsync(
            Request($"{Path}?watch=1&resourceVersion=0", $"{KubernetesProtobuf.MediaType};{Partial}"), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(KubernetesProtobuf.MediaType + ";stream=watch", watch.Content.Headers.ContentType?.ToString().Replace(" ", "", StringComparison.Ordinal));

        ObjectValue Decode(byte[] body) => KubernetesProtobuf.Decode(KubernetesProtobuf.ReadEnvelope(body), schema);
    }

    [Fact]
    public async Task Older_representations_say_so()
    {
        var (_, table) = await _server.SendAsync(HttpMethod.Get, Path, accept: "application/json;as=Table;g=meta.k8s.io;v=v1beta1");
        Assert.Equal("meta.k8s.io/v1beta1", table.GetString("apiVersion"));
        Assert.Equal("meta.k8s.io/v1beta1", table.GetList("rows")![0].AsObject()!.GetObject("object")!.GetString("apiVersion"));
    }

    [Theory]
    [InlineData("Object", "ConfigMap")]
    [InlineData("Metadata", "PartialObjectMetadata")]
    [InlineData("None", null)]
    public async Task A_row_has_beside_its_cells(string includeObject, string? kind)
    {
        var (_, table) = await _server.SendAsync(
            HttpMethod.Get, $"{Path}?includeObject={includeObject}", accept: "application/json;as=Table;g=meta.k8s.io;v=v1");
        var row = table.GetList("rows")![0].AsObject()!;
        Assert.Equal(kind, row.GetObject("object")?.GetString("kind"));
        Assert.True(row.ContainsKey("object"));
    }

    [Fact]
    public async Task A_row_has_nothing_else()
    {
        var (code, status) = await _server.SendAsync(
            HttpMethod.Get, Path + "?includeObject=All", accept: "application/json;as=Table;g=meta.k8s.io;v=v1");
        Assert.Equal(HttpStatusCode.BadRequest, code);
        Assert.Equal(
            "Unable to convert to Table as requested: includeObject: Invalid value: \"All\": must be 'Metadata', 'Object', 'None', or empty",
            status.GetString("message"));
    }

    [Theory]
    [InlineData("?pretty=true", "client", "application/json", true)]
    [InlineData("?pretty=false", "curl/8", "application/json", false)]
    [InlineData("", "curl/8", "*/*", true)]
    [InlineData("", "Wget/1", "application/json", true)]
    [InlineData("", "Mozilla/5.0 (X11)", "application/json", true)]
    [InlineData("", "client", "application/json;pretty=1", true)]
    [InlineData("", "kubectl/v1.36", "application/json", false)]
    public async Task Json_is_indented_for_people(string query, string agent, string accept, bool isIndented)
    {
        foreach (var name in new[] { "/a", "/absent" })
        {
            using var request = Request(Path + name + query, accept);
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
            using var response = await _server.Http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            Assert.Equal(isIndented, text.Contains("\n  \"kind\": ", StringComparison.Ordinal));
            Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("deflate, gzip, br", true)]
    [InlineData("br", false)]
    [InlineData("", false)]
    public async Task Large_answers_are_compressed_for_those_who_can_read_them(string encodings, bool isCompressed)
    {
        var text = new string('x', 200 * 1024);
        await _server.SendAsync(HttpMethod.Post, Path, $$$"""{"metadata":{"name":"large"},"data":{"k":"{{{text}}}"}}""");
        foreach (var path in new[] { Path, Path + "/large" })
        {
            var (encoding, body) = await ReadAsync(path, encodings);
            Assert.Equal(isCompressed ? "gzip" : "", encoding);
            Assert.Contains(text, body, StringComparison.Ordinal);
        }

        var (small, _) = await ReadAsync(Path + "/a", encodings);
        Assert.Equal("", small);
    }

    [Fact]
    public async Task Every_answer_has_an_id_which_the_client_may_choose()
    {
        using var first = await GetAsync(Path, "*/*");
        using var second = await GetAsync("/absent", "*/*");
        var (one, other) = (first.Headers.GetValues("Audit-Id").Single(), second.Headers.GetValues("Audit-Id").Single());
        Assert.True(Guid.TryParse(one, out _) && Guid.TryParse(other, out _) && one != other, $"{one} {other}");
        using var request = Request(Path, "*/*");
        request.Headers.Add("Audit-ID", "mine");
        using var chosen = await _server.Http.SendAsync(request);
        Assert.Equal("mine", chosen.Headers.GetValues("Audit-Id").Single());
    }

    private async Task<(string Encoding, string Body)> ReadAsync(string path, string encodings)
    {
        using var request = Request(path, "application/json");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", encodings);
        using var response = await _server.Http.SendAsync(request);
        var encoding = string.Join(',', response.Content.Headers.ContentEncoding);
        await using var raw = await response.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(encoding == "gzip" ? new GZipStream(raw, CompressionMode.Decompress) : raw, Encoding.UTF8);
        return (encoding, await reader.ReadToEndAsync());
    }

    private Task<HttpResponseMessage> GetAsync(string path, string accept) => _server.Http.SendAsync(Request(path, accept));

    private static HttpRequestMessage Request(string path, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return request;
    }
}
