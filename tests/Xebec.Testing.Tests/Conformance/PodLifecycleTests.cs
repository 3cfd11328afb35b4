using Xebec.Api.Core.V1;
using Xebec.Client;
using Xebec.Tests;

namespace Xebec.Testing.Tests.Conformance;

/// <summary>What API server, scheduler and kubelet together make of single pods.</summary>
public sealed class PodLifecycleTests
{
    [Fact]
    [Conformance("[sig-node] Pods should get a host IP [NodeConformance]")]
    public async Task ARunningPodHasTheAddressOfItsNode()
    {
        await using var cluster = await TestCluster.StartAsync(new TestClusterOptions { Nodes = 2 });
        await cluster.Client().CreateAsync(Samples.Pod("web"));
        var pod = await cluster.WaitForAsync<Pod>("default", "web", p => p.Status.Phase == "Running");
        var node = await cluster.Client().GetAsync<Node>("", pod.Spec.NodeName);
        var address = Assert.Single(node.Status.Addresses, a => a.Type == "InternalIP").Address;
        Assert.Equal((address, address), (pod.Status.HostIP, Assert.Single(pod.Status.HostIPs).Ip));
    }

    [Fact]
    [Conformance("[sig-node] Pods should run through the lifecycle of Pods and PodStatus")]
    public async Task APodIsPatchedWhileItRunsAndDeletedByLabel()
    {
        await using var cluster = await TestCluster.StartAsync(new TestClusterOptions { Nodes = 1 });
        var client = cluster.Client();
        var pod = Samples.Pod("web");
        pod.Metadata.Labels["static"] = "true";
        await client.CreateAsync(pod);
        await cluster.WaitForAsync<Pod>("default", "web", p => p.Status.Phase == "Running");
        const string Changes = """{"metadata":{"labels":{"patched":"yes"}},"spec":{"containers":[{"name":"main","image":"web:2"}]}}""";
        await client.PatchAsync<Pod>("default", "web", Patch.Strategic(Changes));
        pod = await cluster.WaitForAsync<Pod>("default", "web", p => p.Status.ContainerStatuses is [{ Image: "web:2", Ready: true, RestartCount: 1 }]);
        Assert.Equal(("true", "yes"), (pod.Metadata.Labels["static"], pod.Metadata.Labels["patched"]));
        (pod.Metadata.ResourceVersion, pod.Status.Conditions.Find(c => c.Type == "Ready")!.Status) = ("", "False");
        var written = await client.UpdateStatusAsync(pod);
        Assert.Equal("False", written.Status.Conditions.Find(c => c.Type == "Ready")!.Status);
        Assert.Equal("web:2", written.Spec.Containers[0].Image);
        await client.CreateAsync(Samples.Pod("other"));
        await client.DeleteCollectionAsync<Pod>("default", new ListOptions { LabelSelector = "static=true" });
        await cluster.WaitForDeletionAsync<Pod>("default", "web");
        Assert.Equal("other", Assert.Single((await client.ListAsync<Pod>("default")).Items).Metadata.Name);
    }
}
