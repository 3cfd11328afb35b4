using System.Net;
using Xebec.ApiMachinery.Values;
using static Xebec.ApiServer.Tests.Conformance.KindClient;

namespace Xebec.ApiServer.Tests.Conformance;

/// <summary>The life of objects of a kind as the conformance list tells it: found by discovery, made, read, watched, changed and deleted.</summary>
public sealed class ApiOperationsTests(KindServer fixture) : IClassFixture<KindServer>
{
    /// <summary>Group, version and plural of the kinds that the list names.</summary>
    public static TheoryData<string, string, string> Kinds => new()
    {
        { "", "v1", "configmaps" },
        { "", "v1", "endpoints" },
        { "", "v1", "events" },
        { "", "v1", "limitranges" },
        { "", "v1", "nodes" },
        { "", "v1", "persistentvolumes" },
        { "", "v1", "persistentvolumeclaims" },
        { "", "v1", "pods" },
        { "", "v1", "podtemplates" },
        { "", "v1", "replicationcontrollers" },
        { "", "v1", "resourcequotas" },
        { "", "v1", "secrets" },
        { "", "v1", "serviceaccounts" },
        { "", "v1", "services" },
        { "admissionregistration.k8s.io", "v1", "validatingadmissionpolicies" },
        { "admissionregistration.k8s.io", "v1", "validatingadmissionpolicybindings" },
        { "apps", "v1", "controllerrevisions" },
        { "apps", "v1", "daemonsets" },
        { "apps", "v1", "deployments" },
        { "apps", "v1", "replicasets" },
        { "apps", "v1", "statefulsets" },
        { "batch", "v1", "cronjobs" },
        { "batch", "v1", "jobs" },
        { "coordination.k8s.io", "v1", "leases" },
        { "discovery.k8s.io", "v1", "endpointslices" },
        { "events.k8s.io", "v1", "events" },
        { "flowcontrol.apiserver.k8s.io", "v1", "flowschemas" },
        { "flowcontrol.apiserver.k8s.io", "v1", "prioritylevelconfigurations" },
        { "networking.k8s.io", "v1", "ingressclasses" },
        { "networking.k8s.io", "v1", "ingresses" },
        { "networking.k8s.io", "v1", "ipaddresses" },
        { "networking.k8s.io", "v1", "servicecidrs" },
        { "node.k8s.io", "v1", "runtimeclasses" },
        { "policy", "v1", "poddisruptionbudgets" },
        { "scheduling.k8s.io", "v1", "priorityclasses" },
        { "storage.k8s.io", "v1", "csidrivers" },
        { "storage.k8s.io", "v1", "csinodes" },
        { "storage.k8s.io", "v1", "csistoragecapacities" },
        { "storage.k8s.io", "v1", "storageclasses" },
        { "storage.k8s.io", "v1", "volumeattachments" },
        { "storage.k8s.io", "v1", "volumeattributesclasses" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    [Conformance("[sig-api-machinery] API priority and fairness should support FlowSchema API operations")]
    [Conformance("[sig-api-machinery] API priority and fairness should support PriorityLevelConfiguration API operations")]
    [Conformance("[sig-api-machinery] ResourceQuota should be able to update and delete ResourceQuota.")]
    [Conformance("[sig-api-machinery] ResourceQuota should manage the lifecycle of a ResourceQuota")]
    [Conformance("[sig-api-machinery] ValidatingAdmissionPolicy [Privileged:ClusterAdmin] should support ValidatingAdmissionPolicy API operations")]
    [Conformance("[sig-api-machinery] ValidatingAdmissionPolicy [Privileged:ClusterAdmin] should support ValidatingAdmissionPolicyBinding API operations")]
    [Conformance("[sig-apps] ControllerRevision [Serial] should manage the lifecycle of a ControllerRevision")]
    [Conformance("[sig-apps] CronJob should support CronJob API operations")]
    [Conformance("[sig-apps] Daemon set [Serial] should list and delete a collection of DaemonSets")]
    [Conformance("[sig-apps] DisruptionController should create a PodDisruptionBudget")]
    [Conformance("[sig-apps] DisruptionController Listing PodDisruptionBudgets for all namespaces should list and delete a collection of PodDisruptionBudgets")]
    [Conformance("[sig-apps] Job should manage the lifecycle of a job")]
    [Conformance("[sig-apps] ReplicaSet should list and delete a collection of ReplicaSets")]
    [Conformance("[sig-apps] ReplicationController should test the lifecycle of a ReplicationController")]
    [Conformance("[sig-apps] StatefulSet Basic StatefulSet functionality [StatefulSetBasic] should list, patch and delete a collection of StatefulSets")]
    [Conformance("[sig-auth] ServiceAccounts should run through the lifecycle of a ServiceAccount")]
    [Conformance("[sig-auth] ServiceAccounts should update a ServiceAccount")]
    [Conformance("[sig-instrumentation] Events API should delete a collection of events")]
    [Conformance("[sig-instrumentation] Events should delete a collection of events")]
    [Conformance("[sig-network] EndpointSlice should support creating EndpointSlice API operations")]
    [Conformance("[sig-network] Ingress API should support creating Ingress API operations")]
    [Conformance("[sig-network] IngressClass API should support creating IngressClass API operations")]
    [Conformance("[sig-network] ServiceCIDR and IPAddress API should support IPAddress API operations")]
    [Conformance("[sig-network] Services should delete a collection of services")]
    [Conformance("[sig-network] Services should test the lifecycle of an Endpoint")]
    [Conformance("[sig-node] ConfigMap should run through a ConfigMap lifecycle")]
    [Conformance("[sig-node] Lease lease API should be available")]
    [Conformance("[sig-node] Node Lifecycle should run through the lifecycle of a node")]
    [Conformance("[sig-node] PodTemplates should delete a collection of pod templates")]
    [Conformance("[sig-node] PodTemplates should replace a pod template")]
    [Conformance("[sig-node] PodTemplates should run the lifecycle of PodTemplates")]
    [Conformance("[sig-node] Pods should be updated [NodeConformance]")]
    [Conformance("[sig-node] Pods should delete a collection of pods")]
    [Conformance("[sig-node] RuntimeClass should support RuntimeClasses API operations")]
    [Conformance("[sig-node] Secrets should patch a secret")]
    [Conformance("[sig-scheduling] LimitRange should list, patch and delete a LimitRange by collection")]
    [Conformance("[sig-storage] CSIInlineVolumes should run through the lifecycle of a CSIDriver")]
    [Conformance("[sig-storage] CSINodes CSI Conformance should run through the lifecycle of a csinode")]
    [Conformance("[sig-storage] CSIStorageCapacity should support CSIStorageCapacities API operations")]
    [Conformance("[sig-storage] PersistentVolumes CSI Conformance should run through the lifecycle of a PV and a PVC")]
    [Conformance("[sig-storage] StorageClass StorageClass API availability")]
    [Conformance("[sig-storage] StorageClasses CSI Conformance should run through the lifecycle of a StorageClass")]
    [Conformance("[sig-storage] VolumeAttachment Conformance should run through the lifecycle of a VolumeAttachment")]
    [Conformance("[sig-storage] VolumeAttributesClass VolumeAttributesClass API availability")]
    public async Task A_kind_is_found_and_its_objects_live_and_die(string group, string version, string plural) =>
        await LiveAndDieAsync(await fixture.ClientAsync(group, version, plural));

    private async Task LiveAndDieAsync(KindClient kind)
    {
        await AssertDiscoveredAsync(kind);
        var label = "l" + fixture.NextNumber();
        var query = "?labelSelector=conformance%3D" + label;
        var created = await kind.CreateAsync(label);
        using var watch = await kind.WatchAsync($"labelSelector=conformance%3D{label}&resourceVersion={VersionOf(created)}");
        Assert.Equal(created.ToString(), (await kind.GetAsync(created)).ToString());
        Assert.Equal([NameOf(created)], (await kind.ListAsync(query)).Select(NameOf));
        Assert.Equal([NameOf(created)], (await kind.ListAsync(query, everywhere: true)).Select(NameOf));

        var patched = await kind.PatchAsync(created, """{"metadata":{"annotations":{"patched":"true"}}}""");
        Assert.Equal("true", AnnotationOf(patched, "patched"));
        var changed = (ObjectValue)(await kind.GetAsync(created)).DeepClone();
        changed.GetObject("metadata")!.GetOrAddObject("annotations")["updated"] = "true";
        changed.GetObject("metadata")!.GetOrAddObject("labels")["updated"] = "true";
        var updated = await kind.OkAsync(HttpMethod.Put, kind.PathOf(created), changed.ToString());
        Assert.Equal(("true", "true", "true"), (AnnotationOf(updated, "patched"), AnnotationOf(updated, "updated"), LabelOf(updated, "updated")));

        var second = await kind.CreateAsync(label);
        await kind.OkAsync(HttpMethod.Delete, kind.PathOf(created) + "?propagationPolicy=Background");
        await kind.FailAsync(404, "NotFound", HttpMethod.Get, kind.PathOf(created));
        Assert.Equal([NameOf(second)], (await kind.ListAsync(query)).Select(NameOf));
        await kind.OkAsync(HttpMethod.Delete, $"{kind.Path}{query}&propagationPolicy=Background");
        Assert.Empty(await kind.ListAsync(query, everywhere: true));
        var (first, other) = (NameOf(created), NameOf(second));
        var seen = new List<string>();
        while (seen.LastOrDefault() != "DELETED " + other)
            seen.AddRange(await watch.NextAsync(1));
        Assert.Equal([$"MODIFIED {first}", $"ADDED {other}", $"DELETED {first}", $"DELETED {other}"], seen.Distinct().Where(one => one != "MODIFIED " + other));
    }

    private static async Task AssertDiscoveredAsync(KindClient kind)
    {
        var (group, version) = (kind.Kind.GroupVersion.Group, kind.Kind.GroupVersion.Version);
        if (group.Length > 0)
        {
            var groups = await kind.OkAsync(HttpMethod.Get, "/apis");
            Assert.Contains(groups.GetList("groups")!, one => one.AsObject()!.GetString("name") == group);
            var versions = (await kind.OkAsync(HttpMethod.Get, "/apis/" + group)).GetList("versions")!;
            Assert.Contains(versions, one => one.AsObject()!.GetString("version") == version);
        }

        var resources = await kind.OkAsync(HttpMethod.Get, group.Length == 0 ? "/api/" + version : $"/apis/{group}/{version}");
        var names = resources.GetList("resources")!.Select(one => one.AsObject()!.GetString("name")).ToList();
        Assert.Contains(kind.Kind.Plural, names);
        Assert.Equal(kind.Kind.HasSubresource("status"), names.Contains(kind.Kind.Plural + "/status"));
    }
}
