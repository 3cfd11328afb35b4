using System.Net;
using Xebec.ApiMachinery.Values;
using static Xebec.ApiServer.Tests.Conformance.KindClient;

namespace Xebec.ApiServer.Tests.Conformance;

/// <summary>What the list demands of ConfigMaps, Secrets, namespaces, priority classes and field validation.</summary>
public sealed class ConfigurationTests(KindServer fixture) : IClassFixture<KindServer>
{
    [Theory]
    [InlineData("configmaps")]
    [InlineData("secrets")]
    [Conformance("[sig-node] ConfigMap should fail to create ConfigMap with empty key")]
    [Conformance("[sig-node] Secrets should fail to create secret due to empty secret key")]
    public async Task An_empty_key_is_refused(string plural)
    {
        var kind = await fixture.ClientAsync("", "v1", plural);
        var sent = kind.NewObject();
        sent["data"] = Value.Parse("""{"":"dg=="}""");
        await kind.FailAsync(422, "Invalid", HttpMethod.Post, kind.Path, sent.ToString());
    }

    [Theory]
    [InlineData("configmaps")]
    [InlineData("secrets")]
    [Conformance("[sig-storage] ConfigMap should be immutable if `immutable` field is set")]
    [Conformance("[sig-storage] Secrets should be immutable if `immutable` field is set")]
    public async Task What_is_immutable_stays_so(string plural)
    {
        var kind = await fixture.ClientAsync("", "v1", plural);
        var created = await kind.CreateAsync();
        await kind.PatchAsync(created, """{"data":{"k":"dnY="}}""");
        await kind.PatchAsync(created, """{"immutable":true}""");
        await kind.FailAsync(422, "Invalid", HttpMethod.Patch, kind.PathOf(created), """{"data":{"k":"dw=="}}""", "application/merge-patch+json");
        await kind.FailAsync(422, "Invalid", HttpMethod.Patch, kind.PathOf(created), """{"immutable":false}""", "application/merge-patch+json");
        await kind.FailAsync(422, "Invalid", HttpMethod.Patch, kind.PathOf(created), """{"immutable":null}""", "application/merge-patch+json");
        Assert.Equal("b", LabelOf(await kind.PatchAsync(created, """{"metadata":{"labels":{"a":"b"}}}"""), "a"));
        await kind.OkAsync(HttpMethod.Delete, kind.PathOf(created));
    }

    [Fact]
    [Conformance("[sig-api-machinery] Namespaces [Serial] should apply a finalizer to a Namespace")]
    public async Task A_namespace_has_finalizers_of_its_own()
    {
        var kind = await fixture.ClientAsync("", "v1", "namespaces");
        var created = await kind.CreateAsync();
        Assert.Equal("""["kubernetes"]""", created.GetObject("spec")!["finalizers"]!.ToString());
        created.GetObject("spec")!["finalizers"] = Value.Parse("""["kubernetes","e2e.example.com/fake"]""");
        await kind.OkAsync(HttpMethod.Put, kind.PathOf(created, "finalize"), created.ToString());
        var held = await kind.GetAsync(created);
        Assert.Equal("""["kubernetes","e2e.example.com/fake"]""", held.GetObject("spec")!["finalizers"]!.ToString());
        held.GetObject("spec")!["finalizers"] = Value.Parse("""["kubernetes"]""");
        await kind.OkAsync(HttpMethod.Put, kind.PathOf(held, "finalize"), held.ToString());
        Assert.Equal("""["kubernetes"]""", (await kind.GetAsync(created)).GetObject("spec")!["finalizers"]!.ToString());
    }

    [Fact]
    [Conformance("[sig-scheduling] SchedulerPreemption [Serial] PriorityClass endpoints verify PriorityClass endpoints can be operated with different HTTP methods")]
    public async Task A_priority_classs_value_never_changes()
    {
        var kind = await fixture.ClientAsync("scheduling.k8s.io", "v1", "priorityclasses");
        var created = await kind.CreateAsync();
        Assert.Equal("d", (await kind.PatchAsync(created, """{"description":"d"}""")).GetString("description"));
        var status = await kind.FailAsync(422, "Invalid", HttpMethod.Patch, kind.PathOf(created), """{"value":6}""", "application/merge-patch+json");
        Assert.Equal("value", status.GetObject("details")!.GetList("causes")![0].AsObject()!.GetString("field"));
        var changed = await kind.GetAsync(created);
        changed["value"] = Value.Parse("7");
        await kind.FailAsync(422, "Invalid", HttpMethod.Put, kind.PathOf(created), changed.ToString());
        Assert.Contains("system-node-critical", (await kind.ListAsync("")).Select(NameOf));
    }

    [Fact]
    [Conformance("[sig-api-machinery] FieldValidation should detect unknown and duplicate fields of a typed object")]
    public async Task Unknown_and_duplicate_fields_are_named()
    {
        var kind = await fixture.ClientAsync("apps", "v1", "deployments");
        var text = kind.NewObject().ToString();
        var wrong = text.Replace("\"spec\":{\"selector\"", "\"spec\":{\"unknown\":1,\"paused\":true,\"paused\":false,\"selector\"", StringComparison.Ordinal);
        Assert.NotEqual(text, wrong);
        var status = await kind.FailAsync(400, "BadRequest", HttpMethod.Post, kind.Path + "?fieldValidation=Strict", wrong);
        Assert.Contains("strict decoding error: unknown field \"spec.unknown\", duplicate field \"spec.paused\"", status.GetString("message"), StringComparison.Ordinal);
        var yaml = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: y}\nspec: {paused: true, paused: false}\n";
        await kind.FailAsync(400, "BadRequest", HttpMethod.Patch, kind.Path + "/y?fieldValidation=Strict&fieldManager=m", yaml, "application/apply-patch+yaml");
    }

    [Fact]
    [Conformance("[sig-scheduling] LimitRange should create a LimitRange with defaults and ensure pod has those defaults applied.")]
    public async Task A_limit_ranges_defaults_are_the_pods()
    {
        var pods = await fixture.ClientAsync("", "v1", "pods");
        var limits = $"/api/v1/namespaces/{pods.Namespace}/limitranges";
        await pods.OkAsync(
            HttpMethod.Post, limits,
            """
            {"metadata":{"name":"l"},"spec":{"limits":[{"type":"Container","min":{"cpu":"50m","memory":"100Mi"},"max":{"cpu":"500m","memory":"500Mi"},
            "default":{"cpu":"500m","memory":"500Mi"},"defaultRequest":{"cpu":"100m","memory":"200Mi"}}]}}
            """,
            code: HttpStatusCode.Created);
        Assert.Equal(
            """{"limits":{"cpu":"500m","memory":"500Mi"},"requests":{"cpu":"100m","memory":"200Mi"}}""", Resources(await pods.CreateAsync()));
        var partial = pods.NewObject();
        partial.GetObject("spec")!.GetList("containers")![0].AsObject()!["resources"] = Value.Parse("""{"requests":{"memory":"150Mi"},"limits":{"cpu":"300m"}}""");
        var created = await pods.OkAsync(HttpMethod.Post, pods.Path, partial.ToString(), code: HttpStatusCode.Created);
        Assert.Equal("""{"limits":{"cpu":"300m","memory":"500Mi"},"requests":{"cpu":"300m","memory":"150Mi"}}""", Resources(created));
        foreach (var resources in new[] { """{"requests":{"cpu":"10m"}}""", """{"limits":{"memory":"600Mi"}}""" })
        {
            partial.GetObject("spec")!.GetList("containers")![0].AsObject()!["resources"] = Value.Parse(resources);
            await pods.FailAsync(403, "Forbidden", HttpMethod.Post, pods.Path, partial.ToString());
        }

        await pods.OkAsync(HttpMethod.Delete, limits + "/l");
        Assert.Equal("{}", Resources(await pods.CreateAsync()));
    }

    [Fact]
    [Conformance("[sig-network] ServiceCIDR and IPAddress API should support ServiceCIDR API operations")]
    public async Task The_default_ServiceCIDR_is_there()
    {
        var kind = await fixture.ClientAsync("networking.k8s.io", "v1", "servicecidrs");
        var first = (await kind.ListAsync("?fieldSelector=metadata.name%3Dkubernetes")).Single();
        Assert.Equal("true", AnnotationOf(await kind.PatchAsync(first, """{"metadata":{"annotations":{"patched":"true"}}}"""), "patched"));
    }

    private static string Resources(ObjectValue pod) => pod.GetObject("spec")!.GetList("containers")![0].AsObject()!["resources"]?.ToString() ?? "{}";
}
