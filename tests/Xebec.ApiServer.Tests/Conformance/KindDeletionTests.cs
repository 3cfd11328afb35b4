using System.Net;
using Xebec.ApiMachinery.Values;
using static Xebec.ApiServer.Tests.Conformance.KindClient;

namespace Xebec.ApiServer.Tests.Conformance;

/// <summary>Deletion and dry run, for every built-in kind.</summary>
public sealed class KindDeletionTests(KindServer fixture) : IClassFixture<KindServer>
{
    [Fact]
    public Task Delete() => fixture.ForEachKindAsync(async kind =>
    {
        var created = await kind.CreateAsync();
        var path = kind.PathOf(created);
        await kind.FailAsync(409, "Conflict", HttpMethod.Delete, path, """{"preconditions":{"uid":"00000000-0000-0000-0000-000000000000"}}""");
        await kind.FailAsync(409, "Conflict", HttpMethod.Delete, path, """{"preconditions":{"resourceVersion":"1"}}""");
        await kind.FailAsync(422, "Invalid", HttpMethod.Delete, path, """{"propagationPolicy":"Sideways"}""");
        Assert.Equal(created.ToString(), (await kind.GetAsync(created)).ToString());
        var body = $$$"""{"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"uid":"{{{UidOf(created)}}}","resourceVersion":"{{{VersionOf(created)}}}"},"propagationPolicy":"Background"}""";
        var answer = await kind.OkAsync(HttpMethod.Delete, path, body);
        if (answer.GetString("kind") == "Status")
            Assert.Equal(("Success", UidOf(created)), (answer.GetString("status"), answer.GetObject("details")!.GetString("uid")));
        else
            Assert.Equal(UidOf(created), UidOf(answer));
        if (kind.Kind.Kind == "CustomResourceDefinition")
            return;
        if (kind.Kind.Kind == "Namespace")
            Assert.Equal("Terminating", (await kind.GetAsync(created)).GetObject("status")!.GetString("phase"));
        else
            await kind.FailAsync(404, "NotFound", HttpMethod.Get, path);
    });

    [Fact]
    public Task A_finalizer_holds_back() => fixture.ForEachKindAsync(async kind =>
    {
        var created = await kind.CreateAsync();
        await kind.PatchAsync(created, """{"metadata":{"finalizers":["example.com/hold"]}}""");
        var deleted = await kind.OkAsync(HttpMethod.Delete, kind.PathOf(created));
        Assert.Matches("^2026-11-23T12:..:..Z$", deleted.GetObject("metadata")!.GetString("deletionTimestamp"));
        var held = await kind.GetAsync(created);
        Assert.Equal(0, held.GetObject("metadata")!["deletionGracePeriodSeconds"]!.AsInt64());
        var more = """{"metadata":{"finalizers":["example.com/hold","example.com/more"]}}""";
        await kind.FailAsync(422, "Invalid", HttpMethod.Patch, kind.PathOf(created), more, "application/merge-patch+json");
        var last = await kind.PatchAsync(created, """{"metadata":{"finalizers":null}}""");
        Assert.Equal(UidOf(created), UidOf(last));
        if (kind.Kind.Kind is not ("Namespace" or "CustomResourceDefinition"))
            await kind.FailAsync(404, "NotFound", HttpMethod.Get, kind.PathOf(created));
    });

    [Fact]
    public Task Propagation_is_left_to_the_garbage_collector() => fixture.ForEachKindAsync(
        async kind =>
        {
            var (foreground, orphaned) = (await kind.CreateAsync(), await kind.CreateAsync());
            await kind.OkAsync(HttpMethod.Delete, kind.PathOf(foreground), """{"propagationPolicy":"Foreground"}""", code: HttpStatusCode.Accepted);
            await kind.OkAsync(HttpMethod.Delete, kind.PathOf(orphaned) + "?propagationPolicy=Orphan");
            Assert.Equal("[\"foregroundDeletion\"]", (await kind.GetAsync(foreground)).GetObject("metadata")!["finalizers"]!.ToString());
            Assert.Equal("[\"orphan\"]", (await kind.GetAsync(orphaned)).GetObject("metadata")!["finalizers"]!.ToString());
        },
        kind => kind.Kind is not ("Namespace" or "Pod" or "CustomResourceDefinition" or "Event"));

    [Fact]
    public Task Delete_collection() => fixture.ForEachKindAsync(
        async kind =>
        {
            var label = "l" + fixture.NextNumber();
            var (first, second, other) = (await kind.CreateAsync(label), await kind.CreateAsync(label), await kind.CreateAsync());
            var query = "?propagationPolicy=Background&labelSelector=conformance%3D" + label;
            await kind.OkAsync(HttpMethod.Delete, kind.Path + query + "&dryRun=All");
            Assert.Equal(2, (await kind.ListAsync(query)).Count);
            var deleted = await kind.OkAsync(HttpMethod.Delete, kind.Path + query);
            Assert.Equal(new[] { NameOf(first), NameOf(second) }.Order(StringComparer.Ordinal), deleted.GetList("items")!.Select(item => NameOf(item.AsObject()!)));
            Assert.Empty(await kind.ListAsync(query));
            Assert.Equal(other.ToString(), (await kind.GetAsync(other)).ToString());
            await kind.OkAsync(HttpMethod.Delete, $"{kind.Path}?propagationPolicy=Background&fieldSelector=metadata.name%3D{Uri.EscapeDataString(NameOf(other))}");
            await kind.FailAsync(404, "NotFound", HttpMethod.Get, kind.PathOf(other));
        },
        kind => kind.Verbs.Contains("deletecollection") && kind.Kind != "CustomResourceDefinition");

    [Fact]
    public Task Dry_run() => fixture.ForEachKindAsync(async kind =>
    {
        var imagined = kind.NewObject();
        var answer = await kind.OkAsync(HttpMethod.Post, kind.Path + "?dryRun=All", imagined.ToString(), code: HttpStatusCode.Created);
        Assert.NotEmpty(UidOf(answer));
        await kind.FailAsync(404, "NotFound", HttpMethod.Get, kind.PathOf(imagined));
        var created = await kind.CreateAsync();
        const string Label = """{"metadata":{"labels":{"dry":"run"}}}""";
        Assert.Equal("run", LabelOf(await kind.PatchAsync(created, Label, query: "?dryRun=All"), "dry"));
        var changed = (ObjectValue)created.DeepClone();
        changed.GetObject("metadata")!.GetOrAddObject("labels")["dry"] = "run";
        Assert.Equal("run", LabelOf(await kind.OkAsync(HttpMethod.Put, kind.PathOf(created) + "?dryRun=All", changed.ToString()), "dry"));
        await kind.OkAsync(HttpMethod.Delete, kind.PathOf(created), """{"dryRun":["All"]}""");
        Assert.Equal(created.ToString(), (await kind.GetAsync(created)).ToString());
        await kind.FailAsync(422, "Invalid", HttpMethod.Post, kind.Path + "?dryRun=Some", imagined.ToString());
    });
}
