using System.Net;
using Xebec.ApiMachinery.Values;
using static Xebec.ApiServer.Tests.Conformance.KindClient;

namespace Xebec.ApiServer.Tests.Conformance;

/// <summary>Each verb, for every built-in kind.</summary>
public sealed class KindOperationsTests(KindServer fixture) : IClassFixture<KindServer>
{
    [Fact]
    public Task Create_get_and_list() => fixture.ForEachKindAsync(async kind =>
    {
        var label = "l" + fixture.NextNumber();
        var sent = kind.NewObject(label);
        var created = await kind.OkAsync(HttpMethod.Post, kind.Path, sent.ToString(), code: HttpStatusCode.Created);
        Assert.Equal((kind.Kind.Kind, kind.Kind.GroupVersion.ToString()), (created.GetString("kind"), created.GetString("apiVersion")));
        Assert.Matches("^2026-11-23T12:..:..Z$", created.GetObject("metadata")!.GetString("creationTimestamp"));
        Assert.True(Guid.TryParse(UidOf(created), out _));
        Assert.Equal(kind.Namespace, created.GetObject("metadata")!.GetString("namespace") ?? "");
        if (kind.Sample.Settled is null)
            Assert.Equal(created.ToString(), (await kind.GetAsync(created)).ToString());
        Assert.Equal([NameOf(created)], (await kind.ListAsync("?labelSelector=conformance%3D" + label)).Select(NameOf));
        Assert.Contains(NameOf(created), (await kind.ListAsync("?labelSelector=conformance%3D" + label, everywhere: true)).Select(NameOf));
        var status = await kind.FailAsync(409, "AlreadyExists", HttpMethod.Post, kind.Path, sent.ToString());
        var details = status.GetObject("details")!;
        Assert.Equal((NameOf(created), kind.Kind.Plural), (details.GetString("name"), details.GetString("kind")));
    });

    [Fact]
    public Task Get_of_nothing() => fixture.ForEachKindAsync(async kind =>
    {
        var absent = kind.NewObject();
        var status = await kind.FailAsync(404, "NotFound", HttpMethod.Get, kind.PathOf(absent));
        Assert.Equal($"{kind.Kind.QualifiedPlural} \"{NameOf(absent)}\" not found", status.GetString("message"));
        await kind.FailAsync(404, "NotFound", HttpMethod.Delete, kind.PathOf(absent));
        await kind.FailAsync(404, "NotFound", HttpMethod.Patch, kind.PathOf(absent), "{}", "application/merge-patch+json");
    });

    [Fact]
    public Task Generate_name() => fixture.ForEachKindAsync(async kind =>
    {
        if (!kind.Sample.CanGenerateName)
            return;
        var sent = kind.NewObject();
        sent["metadata"] = Value.Parse("""{"generateName":"made-"}""");
        var created = await kind.OkAsync(HttpMethod.Post, kind.Path, sent.ToString(), code: HttpStatusCode.Created);
        Assert.Matches("^made-[bcdfghjklmnpqrstvwxz2456789]{5}$", NameOf(created));
    });

    [Fact]
    [Conformance("[sig-api-machinery] Namespaces [Serial] should apply an update to a Namespace")]
    public Task Update() => fixture.ForEachKindAsync(async kind =>
    {
        var created = await kind.CreateAsync();
        var changed = (ObjectValue)created.DeepClone();
        changed.GetObject("metadata")!.GetOrAddObject("labels")["updated"] = "true";
        var updated = await kind.OkAsync(HttpMethod.Put, kind.PathOf(created), changed.ToString());
        Assert.Equal("true", LabelOf(updated, "updated"));
        Assert.NotEqual(VersionOf(created), VersionOf(updated));
        var generation = Generation(created) + (created.GetString("kind") == "EndpointSlice" ? 1 : 0); // of which labels count
        Assert.Equal((UidOf(created), generation), (UidOf(updated), Generation(updated)));
        await kind.FailAsync(409, "Conflict", HttpMethod.Put, kind.PathOf(created), changed.ToString());
        var again = await kind.OkAsync(HttpMethod.Put, kind.PathOf(created), updated.ToString());
        Assert.Equal(VersionOf(updated), VersionOf(again));
        var other = (ObjectValue)updated.DeepClone();
        other.GetObject("metadata")!["uid"] = Guid.Empty.ToString();
        await kind.FailAsync(409, "Conflict", HttpMethod.Put, kind.PathOf(created), other.ToString());
        other.GetObject("metadata")!["name"] = "other";
        await kind.FailAsync(400, "BadRequest", HttpMethod.Put, kind.PathOf(created), other.ToString());
    });

    [Fact]
    [Conformance("[sig-api-machinery] Namespaces [Serial] should patch a Namespace")]
    public Task Patch_of_each_type() => fixture.ForEachKindAsync(async kind =>
    {
        var created = await kind.CreateAsync("patch");
        var json = await kind.PatchAsync(
            created, """[{"op":"test","path":"/metadata/labels/conformance","value":"patch"},{"op":"add","path":"/metadata/labels/json","value":"1"}]""", type: "json-patch+json");
        Assert.Equal("1", LabelOf(json, "json"));
        Assert.Equal("2", LabelOf(await kind.PatchAsync(created, """{"metadata":{"labels":{"merge":"2"}}}"""), "merge"));
        var strategic = await kind.PatchAsync(created, """{"metadata":{"labels":{"strategic":"3","json":null}}}""", type: "strategic-merge-patch+json");
        Assert.Equal(("3", null), (LabelOf(strategic, "strategic"), LabelOf(strategic, "json")));
        var config = $$$"""{"kind":"{{{kind.Kind.Kind}}}","apiVersion":"{{{kind.Kind.GroupVersion}}}","metadata":{"labels":{"apply":"4"} } }""";
        var applied = await kind.PatchAsync(created, config, type: "apply-patch+yaml", query: "?fieldManager=m");
        Assert.Equal(("4", "3"), (LabelOf(applied, "apply"), LabelOf(applied, "strategic")));
        var again = await kind.PatchAsync(created, config, type: "apply-patch+yaml", query: "?fieldManager=m");
        Assert.Equal(applied.ToString(), again.ToString());
        Assert.Equal(VersionOf(applied), VersionOf(await kind.PatchAsync(created, "{}")));
        await kind.FailAsync(415, "UnsupportedMediaType", HttpMethod.Patch, kind.PathOf(created), "{}", "application/json");
        await kind.FailAsync(
            409, "Conflict", HttpMethod.Patch, kind.PathOf(created), """{"metadata":{"resourceVersion":"1","labels":{"a":"b"}}}""", "application/merge-patch+json");
    });

    [Fact]
    [Conformance("[sig-api-machinery] Namespaces [Serial] should apply changes to a namespace status")]
    [Conformance("[sig-apps] CronJob should support CronJob API operations")]
    [Conformance("[sig-apps] Daemon set [Serial] should verify changes to a daemon set status")]
    [Conformance("[sig-apps] Deployment should validate Deployment Status endpoints")]
    [Conformance("[sig-apps] DisruptionController should update/patch PodDisruptionBudget status")]
    [Conformance("[sig-apps] Job should apply changes to a job status")]
    [Conformance("[sig-apps] ReplicaSet should validate Replicaset Status endpoints")]
    [Conformance("[sig-apps] StatefulSet Basic StatefulSet functionality [StatefulSetBasic] should validate Statefulset Status endpoints")]
    [Conformance("[sig-network] Ingress API should support creating Ingress API operations")]
    [Conformance("[sig-network] Services should complete a service status lifecycle")]
    [Conformance("[sig-node] Pods should patch a pod status")]
    [Conformance("[sig-storage] PersistentVolumes CSI Conformance should apply changes to a pv/pvc status")]
    [Conformance("[sig-storage] VolumeAttachment Conformance should apply changes to a volumeattachment status")]
    public Task Status() => fixture.ForEachKindAsync(
        async kind =>
        {
            Assert.True(kind.Sample.Status is not null, "the sample has no status");
            var created = await kind.CreateAsync();
            Assert.Equal(created.ToString(), (await kind.GetAsync(created, "status")).ToString());
            var patch = """{"metadata":{"annotations":{"patched":"status"}},"status":""" + kind.Sample.Status + "}";
            var patched = await kind.PatchAsync(created, patch, "status");
            Assert.Equal("status", AnnotationOf(patched, "patched"));
            AssertContains((ObjectValue)Value.Parse(kind.Sample.Status!), patched.GetObject("status") ?? []);
            Assert.Equal(created["spec"]?.ToString(), patched["spec"]?.ToString());
            Assert.Equal(Generation(created), Generation(patched));
            var lost = (ObjectValue)patched.DeepClone();
            lost["status"] = null;
            var kept = await kind.OkAsync(HttpMethod.Put, kind.PathOf(created), lost.ToString());
            Assert.Equal(patched["status"]?.ToString(), kept["status"]?.ToString());
            kept.GetObject("metadata")!.GetOrAddObject("annotations")["patched"] = "again";
            var updated = await kind.OkAsync(HttpMethod.Put, kind.PathOf(created, "status"), kept.ToString());
            Assert.Equal("again", AnnotationOf(updated, "patched"));
        },
        kind => kind.HasSubresource("status") && KindServer.IsLeftAlone(kind));

    [Fact]
    [Conformance("[sig-api-machinery] FieldValidation should detect unknown metadata fields of a typed object")]
    public Task Field_validation() => fixture.ForEachKindAsync(async kind =>
    {
        var wrong = kind.NewObject();
        wrong["unknownField"] = Value.Parse("1");
        wrong.GetObject("metadata")!["unknownMeta"] = Value.Parse("\"x\"");
        var status = await kind.FailAsync(400, "BadRequest", HttpMethod.Post, kind.Path + "?fieldValidation=Strict", wrong.ToString());
        Assert.Contains("unknown field \"unknownField\"", status.GetString("message"), StringComparison.Ordinal);
        Assert.Contains("unknown field \"metadata.unknownMeta\"", status.GetString("message"), StringComparison.Ordinal);
        var created = await kind.OkAsync(HttpMethod.Post, kind.Path, wrong.ToString(), code: HttpStatusCode.Created);
        Assert.False(created.ContainsKey("unknownField"));
        await kind.FailAsync(
            422, "Invalid", HttpMethod.Patch, kind.PathOf(created) + "?fieldValidation=Strict", """{"unknownField":1}""", "application/merge-patch+json");
    });

    [Fact]
    public Task What_is_wrong_with_a_request() => fixture.ForEachKindAsync(async kind =>
    {
        var item = kind.NewObject();
        await kind.FailAsync(415, "UnsupportedMediaType", HttpMethod.Post, kind.Path, item.ToString(), "text/plain");
        await kind.FailAsync(406, "NotAcceptable", HttpMethod.Get, kind.Path, accept: "application/cbor");
        item.GetObject("metadata")!["name"] = "-Invalid/Name";
        await kind.FailAsync(422, "Invalid", HttpMethod.Post, kind.Path, item.ToString());
        item.GetObject("metadata")!.Remove("name");
        await kind.FailAsync(422, "Invalid", HttpMethod.Post, kind.Path, item.ToString());
        item["apiVersion"] = "wrong/v9";
        await kind.FailAsync(400, "BadRequest", HttpMethod.Post, kind.Path, item.ToString());
        await kind.FailAsync(405, "MethodNotAllowed", HttpMethod.Post, kind.PathOf(kind.NewObject()), kind.NewObject().ToString());
    });

    // Kinds that count no generations: their desired state is not apart from the rest, or upstream never came to it.
    private static readonly HashSet<string> Uncounted =
    [
        "configmaps", "endpoints", "events", "limitranges", "namespaces", "nodes", "persistentvolumeclaims", "persistentvolumes", "resourcequotas",
        "secrets", "serviceaccounts", "services", "apiservices.apiregistration.k8s.io", "certificatesigningrequests.certificates.k8s.io",
        "clusterrolebindings.rbac.authorization.k8s.io", "clusterroles.rbac.authorization.k8s.io", "controllerrevisions.apps",
        "csinodes.storage.k8s.io", "csistoragecapacities.storage.k8s.io", "events.events.k8s.io", "horizontalpodautoscalers.autoscaling",
        "ipaddresses.networking.k8s.io", "leases.coordination.k8s.io", "resourceclaims.resource.k8s.io", "resourceclaimtemplates.resource.k8s.io",
        "rolebindings.rbac.authorization.k8s.io", "roles.rbac.authorization.k8s.io", "runtimeclasses.node.k8s.io", "servicecidrs.networking.k8s.io",
        "storageclasses.storage.k8s.io", "volumeattachments.storage.k8s.io", "volumeattributesclasses.storage.k8s.io",
    ];

    [Fact]
    public Task Generation_of_a_new_object() => fixture.ForEachKindAsync(async kind =>
        Assert.Equal(Uncounted.Contains(kind.Kind.QualifiedPlural) ? 0 : 1, Generation(await kind.CreateAsync())));

    // Kinds whose updates must say which version they are of.
    private static readonly HashSet<string> Versioned =
    [
        "apiservices.apiregistration.k8s.io", "csidrivers.storage.k8s.io", "csinodes.storage.k8s.io", "csistoragecapacities.storage.k8s.io",
        "customresourcedefinitions.apiextensions.k8s.io", "leases.coordination.k8s.io", "mutatingadmissionpolicies.admissionregistration.k8s.io",
        "mutatingadmissionpolicybindings.admissionregistration.k8s.io", "mutatingwebhookconfigurations.admissionregistration.k8s.io",
        "poddisruptionbudgets.policy", "runtimeclasses.node.k8s.io", "validatingadmissionpolicies.admissionregistration.k8s.io",
        "validatingadmissionpolicybindings.admissionregistration.k8s.io", "validatingwebhookconfigurations.admissionregistration.k8s.io",
        "volumeattachments.storage.k8s.io",
    ];

    [Fact]
    public Task Update_without_a_version() => fixture.ForEachKindAsync(async kind =>
    {
        var changed = (ObjectValue)(await kind.CreateAsync()).DeepClone();
        changed.GetObject("metadata")!.Remove("resourceVersion");
        if (!Versioned.Contains(kind.Kind.QualifiedPlural))
        {
            await kind.OkAsync(HttpMethod.Put, kind.PathOf(changed), changed.ToString());
            return;
        }

        var status = await kind.FailAsync(422, "Invalid", HttpMethod.Put, kind.PathOf(changed), changed.ToString());
        Assert.Equal(
            $"{kind.Kind.QualifiedPlural} \"{NameOf(changed)}\" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update",
            status.GetString("message"));
    });

    private static long Generation(ObjectValue item) => item.GetObject("metadata")!["generation"]?.AsInt64() ?? 0;

    private static void AssertContains(ObjectValue expected, ObjectValue actual)
    {
        foreach (var (name, value) in expected)
            if (value is not ListValue)
                Assert.Equal(value.ToString(), actual[name]?.ToString());
            else
                Assert.Contains(((ListValue)value)[0].AsObject()?.GetString("type") ?? ((ListValue)value)[0].ToString(), actual[name]?.ToString() ?? "", StringComparison.Ordinal);
    }
}
