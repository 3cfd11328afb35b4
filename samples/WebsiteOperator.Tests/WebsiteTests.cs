using System.Net;
using k8s.Autorest;
using k8s.Models;
using Xebec.Api.Apps.V1;
using Xebec.Api.Core.V1;

namespace WebsiteOperator.Tests;

/// <summary>The operator against a real API server with real controllers and simulated nodes.</summary>
public sealed class WebsiteTests : IAsyncLifetime
{
    private OperatorFixture _operator = null!;

    public async ValueTask InitializeAsync() => _operator = await OperatorFixture.StartAsync();

    public ValueTask DisposeAsync() => _operator.DisposeAsync();

    [Fact]
    public async Task AWebsiteIsServedByReadyPodsAndSaysSo()
    {
        await CreateAsync("<h1>1</h1>", replicas: 3);
        var site = await _operator.UntilAsync("site", s => s.Status?.ReadyReplicas == 3);
        Assert.Equal("http://site.default.svc", site.Status!.Url);
        Assert.Equal(site.Metadata.Generation, site.Status.ObservedGeneration);
        var service = await _operator.Cluster.WaitForAsync<Service>("default", "site");
        Assert.Equal("site", service.Spec.Selector[WebsiteObjects.Label]);
    }

    [Fact]
    public async Task ANewPageIsRolledOut()
    {
        await CreateAsync("<h1>1</h1>", replicas: 1);
        await _operator.UntilAsync("site", s => s.Status?.ReadyReplicas == 1);
        var patch = new V1Patch("""{"spec":{"page":"<h1>2</h1>"}}""", V1Patch.PatchType.MergePatch);
        await _operator.Sites.PatchNamespacedAsync<Website>(patch, "default", "site");
        await _operator.Cluster.WaitForAsync<ConfigMap>("default", "site", c => c.Data["index.html"] == "<h1>2</h1>");
        await _operator.Cluster.WaitForAllAsync<ReplicaSet>("default", sets => sets.Count == 2 && sets.Count(s => s.Status.ReadyReplicas == 1) == 1);
    }

    [Fact]
    public async Task WhatSomebodyElseDeletesComesBack()
    {
        await CreateAsync("<h1>1</h1>", replicas: 1);
        await _operator.UntilAsync("site", s => s.Status?.ReadyReplicas == 1);
        var deployment = await _operator.Cluster.WaitForAsync<Deployment>("default", "site");
        await _operator.Cluster.Client().DeleteAsync<Deployment>("default", "site");
        await _operator.Cluster.WaitForAsync<Deployment>("default", "site", d => d.Metadata.Uid != deployment.Metadata.Uid);
    }

    [Fact]
    public async Task ADeletedWebsiteLeavesItsArchiveAndNothingElse()
    {
        await CreateAsync("<h1>last</h1>", replicas: 1);
        await _operator.UntilAsync("site", s => s.Status?.ReadyReplicas == 1);
        await _operator.Sites.DeleteNamespacedAsync<V1Status>("default", "site");
        var archive = await _operator.Cluster.WaitForAsync<ConfigMap>("default", "site-archive");
        Assert.Equal("<h1>last</h1>", archive.Data["index.html"]);
        await _operator.Cluster.WaitForDeletionAsync<Deployment>("default", "site");
        await _operator.Cluster.WaitForDeletionAsync<ConfigMap>("default", "site");
        await _operator.Cluster.WaitForAllAsync<Pod>("default", pods => pods.Count == 0);
    }

    [Fact]
    public async Task AWebsiteThatBreaksTheSchemaIsRefused()
    {
        var refused = await Assert.ThrowsAsync<HttpOperationException>(() => CreateAsync("<h1>1</h1>", replicas: 11));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Response.StatusCode);
        Assert.Contains("spec.replicas", refused.Response.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HoursLaterItIsStillFollowed()
    {
        await CreateAsync("<h1>1</h1>", replicas: 1);
        await _operator.UntilAsync("site", s => s.Status?.ReadyReplicas == 1);
        _operator.Cluster.Time.Jump(TimeSpan.FromHours(3));
        var patch = new V1Patch("""{"spec":{"replicas":2}}""", V1Patch.PatchType.MergePatch);
        await _operator.Sites.PatchNamespacedAsync<Website>(patch, "default", "site");
        await _operator.UntilAsync("site", s => s.Status?.ReadyReplicas == 2);
    }

    private Task<Website> CreateAsync(string page, int replicas) => _operator.Sites.CreateNamespacedAsync(
        new Website
        {
            Metadata = new V1ObjectMeta { Name = "site", NamespaceProperty = "default" },
            Spec = new WebsiteSpec { Page = page, Replicas = replicas },
        },
        "default");
}
