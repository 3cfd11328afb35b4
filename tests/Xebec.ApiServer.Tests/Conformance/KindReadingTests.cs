using System.Net;
using Xebec.ApiMachinery.Values;
using static Xebec.ApiServer.Tests.Conformance.KindClient;

namespace Xebec.ApiServer.Tests.Conformance;

/// <summary>Watches, selectors and representations, for every built-in kind.</summary>
public sealed class KindReadingTests(KindServer fixture) : IClassFixture<KindServer>
{
    private const string Json = "application/json";

    [Fact]
    public Task Watch() => fixture.ForEachKindAsync(
        async kind =>
        {
            var label = "l" + fixture.NextNumber();
            using var watch = await kind.WatchAsync("labelSelector=conformance%3D" + label, everywhere: true);
            var created = await kind.CreateAsync(label);
            await kind.CreateAsync();
            var patched = await kind.PatchAsync(created, """{"metadata":{"annotations":{"a":"b"}}}""");
            await kind.PatchAsync(created, """{"metadata":{"labels":{"conformance":null}}}""");
            var name = NameOf(created);
            var (first, second) = (await watch.NextAsync(), await watch.NextAsync());
            Assert.Equal(("ADDED", created.ToString()), (first.Type, first.Object.ToString()));
            Assert.Equal(("MODIFIED", patched.ToString()), (second.Type, second.Object.ToString()));
            Assert.Equal(["DELETED " + name], await watch.NextAsync(1));
            using var again = await kind.WatchAsync($"resourceVersion={VersionOf(created)}&fieldSelector=metadata.name%3D{Uri.EscapeDataString(name)}");
            await kind.OkAsync(HttpMethod.Delete, kind.PathOf(created) + "?propagationPolicy=Background");
            Assert.Equal(["MODIFIED " + name, "MODIFIED " + name, (kind.Kind.Kind == "Namespace" ? "MODIFIED " : "DELETED ") + name], await again.NextAsync(3));
        },
        KindServer.IsLeftAlone);

    [Fact]
    public Task Field_selectors() => fixture.ForEachKindAsync(async kind =>
    {
        var (created, other) = (await kind.CreateAsync(), await kind.CreateAsync());
        var name = Uri.EscapeDataString(NameOf(created));
        Assert.Equal([NameOf(created)], (await kind.ListAsync("?fieldSelector=metadata.name%3D" + name)).Select(NameOf));
        var others = (await kind.ListAsync("?fieldSelector=metadata.name%21%3D" + name)).Select(NameOf).ToList();
        Assert.Contains(NameOf(other), others);
        Assert.DoesNotContain(NameOf(created), others);
        if (kind.Kind.Namespaced)
            Assert.Contains(NameOf(created), (await kind.ListAsync("?fieldSelector=metadata.namespace%3D" + kind.Namespace, everywhere: true)).Select(NameOf));
        foreach (var field in kind.Kind.SelectableFields)
            await kind.ListAsync($"?fieldSelector={field}%3Dnever-this");
        var status = await kind.FailAsync(400, "BadRequest", HttpMethod.Get, kind.Path + "?fieldSelector=spec.unknown%3D1");
        Assert.Contains("spec.unknown", status.GetString("message"), StringComparison.Ordinal);
    });

    [Fact]
    public Task Tables() => fixture.ForEachKindAsync(async kind =>
    {
        const string Table = "application/json;as=Table;v=v1;g=meta.k8s.io," + Json;
        var created = await kind.CreateAsync();
        foreach (var path in new[] { kind.Path, kind.PathOf(created) })
        {
            var table = await kind.OkAsync(HttpMethod.Get, path, accept: Table);
            Assert.Equal(("Table", "meta.k8s.io/v1"), (table.GetString("kind"), table.GetString("apiVersion")));
            var columns = table.GetList("columnDefinitions")!;
            Assert.Contains(columns, column => column.AsObject()!.GetString("name") == "Name" && column.AsObject()!.GetString("format") == "name");
            Assert.All(table.GetList("rows")!, row => Assert.Equal(columns.Count, row.AsObject()!.GetList("cells")!.Count));
            var row = table.GetList("rows")!.Select(row => row.AsObject()!).Single(row => row.GetObject("object")!.GetObject("metadata")!.GetString("name") == NameOf(created));
            Assert.Equal("PartialObjectMetadata", row.GetObject("object")!.GetString("kind"));
        }

        var whole = await kind.OkAsync(HttpMethod.Get, kind.PathOf(created) + "?includeObject=Object", accept: Table);
        Assert.Equal(kind.Kind.Kind, whole.GetList("rows")![0].AsObject()!.GetObject("object")!.GetString("kind"));
        await kind.FailAsync(406, "NotAcceptable", HttpMethod.Get, kind.Path, accept: "application/json;as=Table;v=v9;g=meta.k8s.io");
    });

    [Fact]
    public Task Metadata_alone() => fixture.ForEachKindAsync(async kind =>
    {
        var created = await kind.CreateAsync("partial");
        var one = await kind.OkAsync(HttpMethod.Get, kind.PathOf(created), accept: "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io");
        Assert.Equal(["kind", "apiVersion", "metadata"], one.Select(member => member.Key));
        Assert.Equal(("PartialObjectMetadata", created["metadata"]!.ToString()), (one.GetString("kind"), one["metadata"]!.ToString()));
        const string List = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";
        var list = await kind.OkAsync(HttpMethod.Get, kind.Path, accept: List);
        Assert.Equal(("PartialObjectMetadataList", "meta.k8s.io/v1"), (list.GetString("kind"), list.GetString("apiVersion")));
        Assert.Contains(list.GetList("items")!, item => UidOf(item.AsObject()!) == UidOf(created));
        Assert.All(list.GetList("items")!, item => Assert.False(item.AsObject()!.ContainsKey("spec")));
    });

    [Fact]
    public Task Protobuf() => fixture.ForEachKindAsync(async kind =>
    {
        var created = await kind.CreateAsync();
        foreach (var path in new[] { kind.Path, kind.PathOf(created) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Accept", "application/vnd.kubernetes.protobuf");
            using var response = await fixture.Server.Http.SendAsync(request);
            Assert.Equal((HttpStatusCode.OK, "application/vnd.kubernetes.protobuf"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            var bytes = await response.Content.ReadAsByteArrayAsync();
            Assert.Equal("k8s\0"u8.ToArray(), bytes[..4]);
            Assert.True(bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(UidOf(created))) > 0, "the uid is not in it");
        }
    });

    [Fact]
    public Task Yaml() => fixture.ForEachKindAsync(async kind =>
    {
        var sent = kind.NewObject();
        using var request = new HttpRequestMessage(HttpMethod.Post, kind.Path) { Content = new StringContent(sent.ToString()) };
        request.Content.Headers.ContentType = new("application/yaml");
        request.Headers.TryAddWithoutValidation("Accept", "application/yaml");
        using var response = await fixture.Server.Http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Created, answer);
        Assert.Contains("kind: " + kind.Kind.Kind, answer, StringComparison.Ordinal);
        Assert.Equal(NameOf(sent), NameOf(await kind.GetAsync(sent)));
    });
}
