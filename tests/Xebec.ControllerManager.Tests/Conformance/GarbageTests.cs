using Xebec.Api.Core.V1;
using Xebec.Api.Meta.V1;
using Xebec.Client;
using DeleteOptions = Xebec.Api.Meta.V1.DeleteOptions;

namespace Xebec.ControllerManager.Tests.Conformance;

/// <summary>What the list demands of the garbage collector; the pods of a ReplicationController are made by hand.</summary>
public sealed class GarbageTests
{
    [Fact]
    [Conformance("[sig-api-machinery] Garbage collector should delete pods created by rc when not orphaning")]
    public async Task PodsGoWithTheirController()
    {
        await using var running = await StartAsync();
        await CreatePodsAsync(running, 2, await CreateOwnerAsync(running, "rc"));
        await DeleteAsync(running, "rc", "Background");
        await running.UntilAsync<Pod>("ns", pods => pods.Count == 0);
    }

    [Fact]
    [Conformance("[sig-api-machinery] Garbage collector should keep the rc around until all its pods are deleted if the deleteOptions says so")]
    public async Task AControllerDeletedInTheForegroundIsTheLastToGo()
    {
        await using var running = await StartAsync();
        await CreatePodsAsync(running, 3, await CreateOwnerAsync(running, "rc"));
        await running.Client.PatchAsync<Pod>("ns", "pod-1", Patch.Merge("{\"metadata\":{\"finalizers\":[\"example.com/hold\"]}}"));
        await DeleteAsync(running, "rc", "Foreground");
        await running.UntilAsync<Pod>("ns", pods => pods is [{ Metadata: { Name: "pod-1", DeletionTimestamp: not null } }]);
        Assert.Single((await running.Client.ListAsync<ReplicationController>("ns")).Items);
        await running.Client.PatchAsync<Pod>("ns", "pod-1", Patch.Merge("{\"metadata\":{\"finalizers\":null}}"));
        await running.UntilAsync<ReplicationController>("ns", controllers => controllers.Count == 0);
        Assert.Empty((await running.Client.ListAsync<Pod>("ns")).Items);
    }

    [Fact]
    [Conformance("[sig-api-machinery] Garbage collector should orphan pods created by rc if delete options say so")]
    public async Task OrphanedPodsStay()
    {
        await using var running = await StartAsync();
        await CreatePodsAsync(running, 3, await CreateOwnerAsync(running, "rc"));
        await DeleteAsync(running, "rc", "Orphan");
        await running.UntilAsync<ReplicationController>("ns", controllers => controllers.Count == 0);
        var pods = (await running.Client.ListAsync<Pod>("ns")).Items;
        Assert.Equal(3, pods.Count(pod => pod.Metadata is { OwnerReferences.Count: 0, DeletionTimestamp: null }));
    }

    [Fact]
    [Conformance("[sig-api-machinery] Garbage collector should not delete dependents that have both valid owner and owner that's waiting for dependents to be deleted")]
    public async Task PodsOfALivingControllerOutliveTheOther()
    {
        await using var running = await StartAsync();
        var (leaving, staying) = (await CreateOwnerAsync(running, "leaving"), await CreateOwnerAsync(running, "staying"));
        await CreatePodsAsync(running, 2, leaving);
        await CreatePodsAsync(running, 2, leaving, staying);
        await DeleteAsync(running, "leaving", "Foreground");
        await running.UntilAsync<ReplicationController>("ns", controllers => controllers is [{ Metadata.Name: "staying" }]);
        var pods = (await running.Client.ListAsync<Pod>("ns")).Items;
        Assert.Equal(2, pods.Count(pod => pod.Metadata is { DeletionTimestamp: null, OwnerReferences: [{ Name: "staying" }] }));
        Assert.Equal(2, pods.Count);
    }

    [Fact]
    [Conformance("[sig-api-machinery] Garbage collector should not be blocked by dependency circle")]
    public async Task ACircleOfOwnersGoesTogether()
    {
        await using var running = await StartAsync();
        await CreatePodsAsync(running, 3);
        var pods = (await running.Client.ListAsync<Pod>("ns")).Items;
        for (var i = 0; i < 3; i++)
        {
            var owner = pods[(i + 2) % 3].Metadata;
            var reference = $"{{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"{owner.Name}\",\"uid\":\"{owner.Uid}\",\"controller\":true,\"blockOwnerDeletion\":true}}";
            await running.Client.PatchAsync<Pod>("ns", pods[i].Metadata.Name, Patch.Merge($"{{\"metadata\":{{\"ownerReferences\":[{reference}]}}}}"));
        }

        await running.Client.DeleteAsync<Pod>("ns", pods[0].Metadata.Name, new DeleteOptions { PropagationPolicy = "Foreground" });
        await running.UntilAsync<Pod>("ns", left => left.Count == 0);
    }

    [Fact]
    [Conformance("[sig-api-machinery] OrderedNamespaceDeletion namespace deletion should delete pod first")]
    public async Task ANamespacesPodsGoFirst()
    {
        await using var running = await StartAsync();
        await CreatePodsAsync(running, 1);
        await running.Client.PatchAsync<Pod>("ns", "pod-0", Patch.Merge("{\"metadata\":{\"finalizers\":[\"example.com/hold\"]}}"));
        await running.Client.CreateAsync(new ConfigMap { Metadata = { Name = "later", Namespace = "ns" } });
        await running.Client.DeleteAsync<Namespace>("", "ns");
        await running.UntilAsync<Namespace>(
            "", all => all.Exists(one => one.Metadata.Name == "ns" && one.Status.Conditions.Exists(c => c is { Type: "NamespaceFinalizersRemaining", Status: "True" })));
        Assert.Contains((await running.Client.ListAsync<ConfigMap>("ns")).Items, map => map.Metadata is { Name: "later", DeletionTimestamp: null });
        await running.Client.PatchAsync<Pod>("ns", "pod-0", Patch.Merge("{\"metadata\":{\"finalizers\":null}}"));
        await running.UntilAsync<Namespace>("", all => !all.Exists(one => one.Metadata.Name == "ns"));
    }

    [Fact]
    [Conformance("[sig-auth] ServiceAccounts should guarantee kube-root-ca.crt exist in any namespace")]
    public async Task TheRootCertificateIsRestored()
    {
        await using var running = await StartAsync();
        await running.UntilAsync<ConfigMap>("ns", maps => maps.Exists(IsRoot));
        await running.Client.DeleteAsync<ConfigMap>("ns", "kube-root-ca.crt");
        await running.UntilAsync<ConfigMap>("ns", maps => maps.Exists(IsRoot));
        await running.Client.PatchAsync<ConfigMap>("ns", "kube-root-ca.crt", Patch.Merge("{\"data\":{\"ca.crt\":\"\"}}"));
        await running.UntilAsync<ConfigMap>("ns", maps => maps.Exists(IsRoot));
    }

    private static bool IsRoot(ConfigMap map) => map.Metadata.Name == "kube-root-ca.crt" && map.Data.GetValueOrDefault("ca.crt") == "PEM";

    private static async Task<RunningControllers> StartAsync()
    {
        var running = await RunningControllers.OverRealServerAsync();
        await running.Client.CreateAsync(new Namespace { Metadata = { Name = "ns" } });
        await running.UntilAsync<ServiceAccount>("ns", accounts => accounts.Count == 1);
        return running;
    }

    private static Task<ReplicationController> CreateOwnerAsync(RunningControllers running, string name)
    {
        var owner = new ReplicationController { Metadata = { Name = name, Namespace = "ns" }, Spec = { Replicas = 0, Selector = { ["app"] = name } } };
        owner.Spec.Template = new PodTemplateSpec { Metadata = { Labels = { ["app"] = name } }, Spec = { Containers = { new Container { Name = "c", Image = "i" } } } };
        return running.Client.CreateAsync(owner);
    }

    private static async Task CreatePodsAsync(RunningControllers running, int count, params ReplicationController[] owners)
    {
        var number = (await running.Client.ListAsync<Pod>("ns")).Items.Count;
        for (var i = number; i < number + count; i++)
        {
            var pod = new Pod { Metadata = { Name = $"pod-{i}", Namespace = "ns" }, Spec = { Containers = { new Container { Name = "c", Image = "i" } } } };
            pod.Metadata.OwnerReferences.AddRange(owners.Select(owner => new OwnerReference
            {
                ApiVersion = "v1", Kind = "ReplicationController", Name = owner.Metadata.Name, Uid = owner.Metadata.Uid, BlockOwnerDeletion = true,
            }));
            await running.Client.CreateAsync(pod);
        }
    }

    private static Task DeleteAsync(RunningControllers running, string name, string propagation) =>
        running.Client.DeleteAsync<ReplicationController>("ns", name, new DeleteOptions { PropagationPolicy = propagation });
}
