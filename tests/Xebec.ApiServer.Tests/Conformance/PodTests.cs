using System.Net;
using Xebec.ApiMachinery.Values;
using static Xebec.ApiServer.Tests.Conformance.KindClient;

namespace Xebec.ApiServer.Tests.Conformance;

/// <summary>What the list demands of pods as objects of the API.</summary>
public sealed class PodTests(KindServer fixture) : IClassFixture<KindServer>
{
    [Fact]
    [Conformance("[sig-node] Pods Extended Pods Set QOS Class should be set on Pods with matching resource requests and limits for memory and cpu")]
    public async Task Equal_requests_and_limits_are_guaranteed()
    {
        var pods = await fixture.ClientAsync("", "v1", "pods");
        var sent = pods.NewObject();
        Container(sent)["resources"] = Value.Parse("""{"requests":{"cpu":"100m","memory":"100Mi"},"limits":{"cpu":"100m","memory":"100Mi"}}""");
        var created = await pods.OkAsync(HttpMethod.Post, pods.Path, sent.ToString(), code: HttpStatusCode.Created);
        Assert.Equal("Guaranteed", created.GetObject("status")!.GetString("qosClass"));
    }

    [Fact]
    [Conformance("[sig-node] Pods should be submitted and removed [NodeConformance]")]
    [Conformance("[sig-node] Pods Extended (pod generation) Pod Generation custom-set generation on new pods and graceful delete")]
    public async Task A_pod_on_a_node_ends_gracefully()
    {
        var pods = await fixture.ClientAsync("", "v1", "pods");
        var sent = pods.NewObject("graceful");
        sent.GetObject("metadata")!["generation"] = Value.Parse("100");
        sent.GetObject("spec")!["nodeName"] = Value.Parse("\"n\"");
        using var watch = await pods.WatchAsync("labelSelector=conformance%3Dgraceful");
        var created = await pods.OkAsync(HttpMethod.Post, pods.Path, sent.ToString(), code: HttpStatusCode.Created);
        Assert.Equal(1, Generation(created));
        await pods.PatchAsync(created, """{"status":{"phase":"Running"}}""", "status");
        var deleted = await pods.OkAsync(HttpMethod.Delete, pods.PathOf(created) + "?gracePeriodSeconds=60");
        Assert.Equal((2L, 60L), (Generation(deleted), deleted.GetObject("metadata")!["deletionGracePeriodSeconds"]!.AsInt64()));
        Assert.NotNull(deleted.GetObject("metadata")!.GetString("deletionTimestamp"));
        var shorter = await pods.OkAsync(HttpMethod.Delete, pods.PathOf(created) + "?gracePeriodSeconds=5");
        Assert.Equal(5, shorter.GetObject("metadata")!["deletionGracePeriodSeconds"]!.AsInt64());
        await pods.OkAsync(HttpMethod.Delete, pods.PathOf(created), """{"gracePeriodSeconds":0}""");
        Assert.Empty(await pods.ListAsync("?labelSelector=conformance%3Dgraceful"));
        var name = NameOf(created);
        Assert.Equal([$"ADDED {name}", $"MODIFIED {name}", $"MODIFIED {name}", $"MODIFIED {name}", $"DELETED {name}"], await watch.NextAsync(5));
    }

    [Fact]
    [Conformance("[sig-node] Pods Extended (pod generation) Pod Generation pod generation should start at 1 and increment per update [MinimumKubeletVersion:1.34]")]
    public async Task A_change_of_the_spec_is_a_generation()
    {
        var pods = await fixture.ClientAsync("", "v1", "pods");
        var sent = pods.NewObject();
        sent.GetObject("spec")!["initContainers"] = Value.Parse("""[{"name":"i","image":"a"}]""");
        var created = await pods.OkAsync(HttpMethod.Post, pods.Path, sent.ToString(), code: HttpStatusCode.Created);
        (string Patch, long Generation)[] changes =
        [
            ("{}", 1),
            ("""[{"op":"add","path":"/spec/tolerations/-","value":{"key":"foo","operator":"Equal","value":"bar","effect":"NoSchedule"}}]""", 2),
            ("""{"spec":{"activeDeadlineSeconds":5000}}""", 3),
            ("""[{"op":"replace","path":"/spec/containers/0/image","value":"example.com/i:2"}]""", 4),
            ("""[{"op":"replace","path":"/spec/initContainers/0/image","value":"example.com/i:2"}]""", 5),
            ("""{"metadata":{"annotations":{"key":"value"}}}""", 5),
            ("""{"metadata":{"generation":1}}""", 5),
        ];
        foreach (var (patch, generation) in changes)
            Assert.Equal(generation, Generation(await pods.PatchAsync(created, patch, type: patch[0] == '[' ? "json-patch+json" : "merge-patch+json")));
    }

    [Fact]
    [Conformance("[sig-node] Pods Extended (pod generation) Pod Generation issue 500 podspec updates and verify generation and observedGeneration eventually converge [MinimumKubeletVersion:1.34]")]
    public async Task Five_hundred_changes_are_five_hundred_generations()
    {
        var pods = await fixture.ClientAsync("", "v1", "pods");
        var created = await pods.CreateAsync();
        for (var seconds = 5000; seconds > 4501; seconds--)
            await pods.PatchAsync(created, $$$"""{"spec":{"activeDeadlineSeconds":{{{seconds}}} } }""");
        Assert.Equal(500, Generation(await pods.GetAsync(created)));
    }

    [Fact]
    [Conformance("[sig-node] Ephemeral Containers [NodeConformance] should update the ephemeral containers in an existing pod")]
    public async Task Ephemeral_containers_are_added_by_their_subresource_only()
    {
        var pods = await fixture.ClientAsync("", "v1", "pods");
        var created = await pods.CreateAsync();
        const string One = """{"spec":{"ephemeralContainers":[{"name":"debugger","image":"example.com/d:1","stdin":true,"tty":true}]}}""";
        await pods.FailAsync(422, "Invalid", HttpMethod.Patch, pods.PathOf(created), One, "application/strategic-merge-patch+json");
        var patched = await pods.PatchAsync(created, One, "ephemeralcontainers", "strategic-merge-patch+json");
        Assert.Equal(["debugger"], Ephemeral(patched));
        var changed = await pods.GetAsync(created, "ephemeralcontainers");
        changed.GetObject("spec")!.GetList("ephemeralContainers")!.Add(Value.Parse("""{"name":"debugger2","image":"example.com/d:2"}"""));
        var updated = await pods.OkAsync(HttpMethod.Put, pods.PathOf(created, "ephemeralcontainers"), changed.ToString());
        Assert.Equal(["debugger", "debugger2"], Ephemeral(updated));
        Assert.Equal("File", updated.GetObject("spec")!.GetList("ephemeralContainers")![1].AsObject()!.GetString("terminationMessagePolicy"));
        updated.GetObject("spec")!.GetList("ephemeralContainers")!.RemoveAt(0);
        await pods.FailAsync(422, "Invalid", HttpMethod.Put, pods.PathOf(created, "ephemeralcontainers"), updated.ToString());
    }

    [Fact]
    [Conformance("[sig-node] Pod InPlace Resize Container resize pod via the replace endpoint [MinimumKubeletVersion:1.34]")]
    public async Task Resources_change_by_resize_only()
    {
        var pods = await fixture.ClientAsync("", "v1", "pods");
        var sent = pods.NewObject();
        Container(sent)["resources"] = Value.Parse("""{"requests":{"cpu":"10m","memory":"20Mi"}}""");
        sent.GetObject("spec")!["nodeName"] = Value.Parse("\"n\"");
        var created = await pods.OkAsync(HttpMethod.Post, pods.Path, sent.ToString(), code: HttpStatusCode.Created);
        await pods.PatchAsync(created, """{"status":{"phase":"Running"}}""", "status");
        const string More = """{"spec":{"containers":[{"name":"c","resources":{"requests":{"cpu":"20m","memory":"30Mi"}}}]}}""";
        await pods.FailAsync(422, "Invalid", HttpMethod.Patch, pods.PathOf(created), More, "application/strategic-merge-patch+json");
        var patched = await pods.PatchAsync(created, More, "resize", "strategic-merge-patch+json");
        Assert.Equal("""{"requests":{"cpu":"20m","memory":"30Mi"}}""", Container(patched)["resources"]!.ToString());
        var changed = await pods.GetAsync(created, "resize");
        Container(changed)["resources"] = Value.Parse("""{"requests":{"cpu":"15m","memory":"30Mi"}}""");
        var updated = await pods.OkAsync(HttpMethod.Put, pods.PathOf(created, "resize"), changed.ToString());
        Assert.Equal(updated.ToString(), (await pods.GetAsync(created)).ToString());
        Assert.Equal(3, Generation(updated));
        var other = await pods.PatchAsync(created, """[{"op":"replace","path":"/spec/containers/0/image","value":"other"}]""", "resize", "json-patch+json");
        Assert.Equal("example.com/i:1", Container(other).GetString("image"));
        await pods.FailAsync(
            422, "Invalid", HttpMethod.Patch, pods.PathOf(created, "resize"), """[{"op":"replace","path":"/spec/containers/0/name","value":"other"}]""",
            "application/json-patch+json");
    }

    [Fact]
    [Conformance("[sig-storage] CSIInlineVolumes should support CSIVolumeSource in Pod API")]
    public async Task A_pod_has_an_inline_CSI_volume()
    {
        var pods = await fixture.ClientAsync("", "v1", "pods");
        var sent = pods.NewObject();
        sent.GetObject("spec")!["volumes"] = Value.Parse("""[{"name":"v","csi":{"driver":"d.example.com","readOnly":true,"volumeAttributes":{"a":"b"}}}]""");
        var created = await pods.OkAsync(HttpMethod.Post, pods.Path, sent.ToString(), code: HttpStatusCode.Created);
        var volume = (await pods.GetAsync(created)).GetObject("spec")!.GetList("volumes")![0].AsObject()!;
        Assert.Equal("d.example.com", volume.GetObject("csi")!.GetString("driver"));
        Assert.Equal("b", LabelOf(await pods.PatchAsync(created, """{"metadata":{"labels":{"a":"b"}}}"""), "a"));
        await pods.OkAsync(HttpMethod.Delete, pods.PathOf(created));
    }

    [Fact]
    [Conformance("[sig-node] RuntimeClass should reject a Pod requesting a non-existent RuntimeClass [NodeConformance]")]
    [Conformance("[sig-node] RuntimeClass should reject a Pod requesting a deleted RuntimeClass [NodeConformance]")]
    public async Task A_pod_of_no_runtime_class_is_refused()
    {
        var pods = await fixture.ClientAsync("", "v1", "pods");
        var classes = await fixture.ClientAsync("node.k8s.io", "v1", "runtimeclasses");
        var runtime = await classes.CreateAsync();
        var pod = pods.NewObject();
        pod.GetObject("spec")!["runtimeClassName"] = NameOf(runtime);
        await pods.OkAsync(HttpMethod.Post, pods.Path + "?dryRun=All", pod.ToString(), code: HttpStatusCode.Created);
        await classes.OkAsync(HttpMethod.Delete, classes.PathOf(runtime));
        await pods.FailAsync(403, "Forbidden", HttpMethod.Post, pods.Path, pod.ToString());
    }

    [Fact]
    [Conformance("[sig-node] Sysctls [LinuxOnly] [NodeConformance] should reject invalid sysctls [MinimumKubeletVersion:1.21]")]
    public async Task A_sysctl_of_no_valid_name_is_refused()
    {
        var pods = await fixture.ClientAsync("", "v1", "pods");
        var pod = pods.NewObject();
        pod.GetObject("spec")!["securityContext"] = Value.Parse(
            """{"sysctls":[{"name":"foo-","value":"bar"},{"name":"kernel.shmmax","value":"100000000"},{"name":"safe-and-unsafe","value":"100000000"},{"name":"bar..","value":"42"}]}""");
        var status = await pods.FailAsync(422, "Invalid", HttpMethod.Post, pods.Path, pod.ToString());
        var fields = status.GetObject("details")!.GetList("causes")!.Select(cause => cause.AsObject()!.GetString("field"));
        Assert.Equal(["spec.securityContext.sysctls[0].name", "spec.securityContext.sysctls[3].name"], fields);
    }

    private static ObjectValue Container(ObjectValue pod) => pod.GetObject("spec")!.GetList("containers")![0].AsObject()!;

    private static IEnumerable<string?> Ephemeral(ObjectValue pod) =>
        pod.GetObject("spec")!.GetList("ephemeralContainers")!.Select(container => container.AsObject()!.GetString("name"));

    private static long Generation(ObjectValue item) => item.GetObject("metadata")!["generation"]?.AsInt64() ?? 0;
}
