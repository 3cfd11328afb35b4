using System.Globalization;
using System.Net;
using Xebec.ApiMachinery.Values;
using static Xebec.ApiServer.Tests.Conformance.KindClient;

namespace Xebec.ApiServer.Tests.Conformance;

/// <summary>Server-side apply over the wire: the scale subresource, other versions, times, compaction and kubectl's migration.</summary>
public sealed class ApplyTests(KindServer fixture) : IClassFixture<KindServer>
{
    private const string Apply = "apply-patch+yaml";

    [Fact]
    public async Task An_apply_to_scale_owns_the_replicas_of_the_workload()
    {
        var kind = await fixture.ClientAsync("apps", "v1", "deployments");
        var sent = kind.NewObject();
        sent.GetObject("spec")!["replicas"] = Value.Parse("1");
        var created = await kind.OkAsync(
            HttpMethod.Patch, kind.PathOf(sent) + "?fieldManager=deployer", sent.ToString(), "application/" + Apply, HttpStatusCode.Created);
        var scale = $$$"""{"kind":"Scale","apiVersion":"autoscaling/v1","metadata":{"name":"{{{NameOf(created)}}}"},"spec":{"replicas":5} }""";
        var conflict = await kind.FailAsync(
            409, "Conflict", HttpMethod.Patch, kind.PathOf(created, "scale") + "?fieldManager=scaler", scale, "application/" + Apply);
        Assert.Contains("conflict with \"deployer\"", conflict.GetString("message"), StringComparison.Ordinal);
        Assert.Contains(".spec.replicas", conflict.GetString("message"), StringComparison.Ordinal);
        var applied = await kind.PatchAsync(created, scale, "scale", Apply, "?fieldManager=scaler&force=true");
        Assert.Equal(5, applied.GetObject("spec")!["replicas"]!.AsInt64());
        var entries = Entries(await kind.GetAsync(created));
        var scaler = Assert.Single(entries, entry => entry.GetString("manager") == "scaler");
        Assert.Equal(("Apply", "apps/v1", "scale"), (scaler.GetString("operation"), scaler.GetString("apiVersion"), scaler.GetString("subresource")));
        Assert.Equal("""{"f:spec":{"f:replicas":{}}}""", scaler["fieldsV1"]!.ToString());
        var deployer = Assert.Single(entries, entry => entry.GetString("manager") == "deployer");
        Assert.False(deployer.GetObject("fieldsV1")!.GetObject("f:spec")!.ContainsKey("f:replicas"));
        await kind.FailAsync(409, "Conflict", HttpMethod.Patch, kind.PathOf(created) + "?fieldManager=deployer", sent.ToString(), "application/" + Apply);
    }

    [Fact]
    public async Task A_field_applied_in_one_version_conflicts_in_another()
    {
        var first = await fixture.ClientAsync("autoscaling", "v1", "horizontalpodautoscalers");
        var config = first.NewObject();
        await first.OkAsync(
            HttpMethod.Patch, first.PathOf(config) + "?fieldManager=one", config.ToString(), "application/" + Apply, HttpStatusCode.Created);
        var other = (ObjectValue)config.DeepClone();
        other["apiVersion"] = "autoscaling/v2";
        other.GetObject("spec")!["maxReplicas"] = Value.Parse("7");
        var path = first.PathOf(config).Replace("autoscaling/v1", "autoscaling/v2", StringComparison.Ordinal);
        var conflict = await first.FailAsync(409, "Conflict", HttpMethod.Patch, path + "?fieldManager=two", other.ToString(), "application/" + Apply);
        Assert.Contains("conflict with \"one\": .spec.maxReplicas", conflict.GetString("message"), StringComparison.Ordinal);
        await first.OkAsync(HttpMethod.Patch, path + "?fieldManager=two&force=true", other.ToString(), "application/" + Apply);
        Assert.Equal(7, (await first.GetAsync(config)).GetObject("spec")!["maxReplicas"]!.AsInt64());
    }

    [Fact]
    public async Task An_apply_that_changes_nothing_changes_no_time_and_no_version()
    {
        var maps = await fixture.ClientAsync("", "v1", "configmaps");
        var config = maps.NewObject();
        var applied = await maps.OkAsync(
            HttpMethod.Patch, maps.PathOf(config) + "?fieldManager=m", config.ToString(), "application/" + Apply, HttpStatusCode.Created);
        fixture.Server.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(applied.ToString(), (await maps.PatchAsync(applied, config.ToString(), type: Apply, query: "?fieldManager=m")).ToString());
        config.GetObject("data")!["k"] = "changed";
        var changed = await maps.PatchAsync(applied, config.ToString(), type: Apply, query: "?fieldManager=m");
        Assert.NotEqual(Entries(applied).Single().GetString("time"), Entries(changed).Single().GetString("time"));
    }

    [Fact]
    public async Task More_than_ten_updaters_become_ancient_changes()
    {
        var maps = await fixture.ClientAsync("", "v1", "configmaps");
        var created = await maps.CreateAsync();
        for (var i = 0; i < 14; i++)
        {
            var name = i.ToString("D2", CultureInfo.InvariantCulture);
            await maps.PatchAsync(created, "{\"data\":{\"k" + name + "\":\"v\"}}", query: "?fieldManager=m" + name);
        }

        var entries = Entries(await maps.GetAsync(created));
        Assert.Equal(10, entries.Count);
        Assert.Contains("f:k00", Assert.Single(entries, entry => entry.GetString("manager") == "ancient-changes")["fieldsV1"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kubectl_moves_from_its_own_annotation_to_server_side_apply()
    {
        var maps = await fixture.ClientAsync("", "v1", "configmaps");
        var sent = maps.NewObject();
        sent.GetObject("data")!["gone"] = "later";
        var last = (ObjectValue)sent.DeepClone();
        sent.GetObject("metadata")!.GetOrAddObject("annotations")["kubectl.kubernetes.io/last-applied-configuration"] = last.ToString();
        await maps.OkAsync(HttpMethod.Post, maps.Path + "?fieldManager=kubectl-client-side-apply", sent.ToString(), code: HttpStatusCode.Created);
        last.GetObject("data")!["k"] = "new";
        var applied = await maps.PatchAsync(sent, last.ToString(), type: Apply, query: "?fieldManager=kubectl");
        Assert.Equal("new", applied.GetObject("data")!.GetString("k"));
        Assert.Contains("\\\"k\\\":\\\"new\\\"", applied.GetObject("metadata")!.GetObject("annotations")!.ToString(), StringComparison.Ordinal);
        await maps.FailAsync(
            409, "Conflict", HttpMethod.Patch, maps.PathOf(sent) + "?fieldManager=somebody",
            """{"kind":"ConfigMap","apiVersion":"v1","data":{"k":"theirs"}}""", "application/" + Apply);
    }

    private static List<ObjectValue> Entries(ObjectValue item) =>
        [.. item.GetObject("metadata")!.GetList("managedFields")!.Select(entry => entry.AsObject()!)];
}
