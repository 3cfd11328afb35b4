using Xebec.Api.Core.V1;
using Xebec.Api.Discovery.V1;
using Xebec.Client;
using DeleteOptions = Xebec.Api.Meta.V1.DeleteOptions;
using Deployment = Xebec.Api.Apps.V1.Deployment;
using ReplicaSet = Xebec.Api.Apps.V1.ReplicaSet;

namespace Xebec.ControllerManager.Tests;

/// <summary>The controllers together, over the project's own API server.</summary>
public sealed class RealServerTests
{
    [Theory]
    [InlineData("Background")]
    [InlineData("Foreground")]
    [Conformance("[sig-api-machinery] Garbage collector should delete RS created by deployment when not orphaning")]
    public async Task ADeletedDeploymentTakesItsReplicaSetsAndPodsAlong(string propagation)
    {
        await using var running = await StartAsync();
        await running.Client.CreateAsync(Sample.Deployment(2));
        await running.RollOutAsync(2, "web:1");
        await running.Client.DeleteAsync<Deployment>("ns", "web", new DeleteOptions { PropagationPolicy = propagation });
        await running.UntilAsync<Pod>("ns", pods => pods.TrueForAll(p => p.Metadata.DeletionTimestamp is not null));
        await running.RunPodsAsync("ns");
        await running.UntilAsync<Pod>("ns", pods => pods.Count == 0);
        await running.UntilAsync<ReplicaSet>("ns", r => r.Count == 0);
        await running.UntilAsync<Deployment>("ns", d => d.Count == 0);
    }

    [Fact]
    [Conformance("[sig-api-machinery] Garbage collector should orphan RS created by deployment when deleteOptions.PropagationPolicy is Orphan")]
    public async Task AnOrphanedReplicaSetKeepsItsPods()
    {
        await using var running = await StartAsync();
        await running.Client.CreateAsync(Sample.Deployment(1));
        await running.RollOutAsync(1, "web:1");
        await running.Client.DeleteAsync<Deployment>("ns", "web", new DeleteOptions { PropagationPolicy = "Orphan" });
        await running.UntilAsync<Deployment>("ns", d => d.Count == 0);
        var left = await running.UntilAsync<ReplicaSet>("ns", r => r.Count == 1 && r[0].Metadata.OwnerReferences.Count == 0);
        Assert.Null(left[0].Metadata.DeletionTimestamp);
    }

    [Fact]
    [Conformance("[sig-api-machinery] Namespaces [Serial] should ensure that all pods are removed when a namespace is deleted")]
    [Conformance("[sig-api-machinery] Namespaces [Serial] should ensure that all services are removed when a namespace is deleted")]
    [Conformance("[sig-network] EndpointSlice should create Endpoints and EndpointSlices for Pods matching a Service")]
    [Conformance("[sig-network] EndpointSlice should create and delete Endpoints and EndpointSlices for a Service with a selector specified")]
    public async Task AServiceFollowsItsPodsAndANamespaceGoesWithEverything()
    {
        await using var running = await StartAsync();
        var service = Sample.Service();
        service.Spec.ClusterIP = "";
        await running.Client.CreateAsync(service);
        await running.Client.CreateAsync(Sample.Deployment(2));
        await running.RollOutAsync(2, "web:1");
        await running.UntilAsync<EndpointSlice>("ns", s => s.Count == 1 && s[0].Endpoints.Count(e => e.Conditions.Ready == true) == 2);
        await running.UntilAsync<Endpoints>("ns", e => e.Count == 1 && e[0].Subsets.Exists(s => s.Addresses.Count == 2));
        await running.Client.DeleteAsync<Namespace>("", "ns");
        await running.UntilAsync<Pod>("ns", pods => pods.TrueForAll(p => p.Metadata.DeletionTimestamp is not null));
        await running.RunPodsAsync("ns");
        await running.UntilAsync<Namespace>("", n => !n.Exists(x => x.Metadata.Name == "ns"));
    }

    [Fact]
    public async Task EveryNamespaceHasItsServiceAccountAndCertificate()
    {
        await using var running = await StartAsync();
        await running.UntilAsync<ServiceAccount>("ns", a => a.Count == 1);
        await running.UntilAsync<ServiceAccount>("kube-system", a => a.Count == 1);
        await running.UntilAsync<ConfigMap>("ns", c => c.Exists(x => x.Metadata.Name == "kube-root-ca.crt"));
    }

    [Fact]
    public async Task AnAbsentOwnerIsNoReasonToStay()
    {
        await using var running = await StartAsync();
        await running.Client.CreateAsync(new ConfigMap
        {
            Metadata = { Name = "left", Namespace = "ns",
                OwnerReferences = [new() { ApiVersion = "v1", Kind = "Secret", Name = "never", Uid = "no-such-uid" }] },
        });
        await running.UntilAsync<ConfigMap>("ns", c => !c.Exists(x => x.Metadata.Name == "left"));
    }

    private static async Task<RunningControllers> StartAsync()
    {
        var running = await RunningControllers.OverRealServerAsync();
        await running.Client.CreateAsync(new Namespace { Metadata = { Name = "ns" } });
        return running;
    }
}
