using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace WebsiteOperator;

/// <summary>Makes the cluster agree with one Website; called as often as anything may have changed.</summary>
public sealed class WebsiteReconciler(IKubernetes client)
{
    public const string Finalizer = "samples.xebec.example/archive";
    private const string FieldManager = "website-operator";
    private readonly GenericClient _sites = new(client, Website.GroupName, Website.Version, Website.Plural, disposeClient: false);

    public async Task ReconcileAsync(string ns, string name, CancellationToken cancellation)
    {
        var site = await FindAsync(ns, name, cancellation);
        if (site is null)
            return;
        if (site.Metadata.DeletionTimestamp is not null)
            await ArchiveAsync(site, cancellation);
        else if (site.Metadata.EnsureFinalizers().Contains(Finalizer))
            await ApplyAsync(site, cancellation);
        else
            await SetFinalizersAsync(site, [.. site.Metadata.Finalizers, Finalizer], cancellation);
    }

    private async Task<Website?> FindAsync(string ns, string name, CancellationToken cancellation)
    {
        try
        {
            return await _sites.ReadNamespacedAsync<Website>(ns, name, cancellation);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task ArchiveAsync(Website site, CancellationToken cancellation)
    {
        if (!site.Metadata.EnsureFinalizers().Contains(Finalizer))
            return;
        await ApplyAsync(WebsiteObjects.Archive(site), client.CoreV1.PatchNamespacedConfigMapAsync, cancellation);
        await SetFinalizersAsync(site, [.. site.Metadata.Finalizers.Where(f => f != Finalizer)], cancellation);
    }

    private async Task ApplyAsync(Website site, CancellationToken cancellation)
    {
        await ApplyAsync(WebsiteObjects.Page(site), client.CoreV1.PatchNamespacedConfigMapAsync, cancellation);
        await ApplyAsync(WebsiteObjects.Service(site), client.CoreV1.PatchNamespacedServiceAsync, cancellation);
        var deployment = await ApplyAsync(WebsiteObjects.Deployment(site), client.AppsV1.PatchNamespacedDeploymentAsync, cancellation);
        var status = new WebsiteStatus
        {
            ObservedGeneration = site.Metadata.Generation ?? 0,
            ReadyReplicas = deployment.Status?.ReadyReplicas ?? 0,
            Url = $"http://{site.Metadata.Name}.{site.Metadata.NamespaceProperty}.svc",
        };
        var patch = new V1Patch(KubernetesJson.Serialize(new Dictionary<string, object> { ["status"] = status }), V1Patch.PatchType.MergePatch);
        await client.CustomObjects.PatchNamespacedCustomObjectStatusAsync(
            patch, Website.GroupName, Website.Version, site.Metadata.NamespaceProperty, Website.Plural, site.Metadata.Name,
            cancellationToken: cancellation);
    }

    // The resourceVersion in the patch refuses it when the Website has changed meanwhile; the change brings the next try.
    private Task SetFinalizersAsync(Website site, IReadOnlyList<string> finalizers, CancellationToken cancellation)
    {
        var metadata = new Dictionary<string, object> { ["finalizers"] = finalizers, ["resourceVersion"] = site.Metadata.ResourceVersion };
        var patch = new V1Patch(KubernetesJson.Serialize(new Dictionary<string, object> { ["metadata"] = metadata }), V1Patch.PatchType.MergePatch);
        return _sites.PatchNamespacedAsync<Website>(patch, site.Metadata.NamespaceProperty, site.Metadata.Name, cancellation);
    }

    private static Task<T> ApplyAsync<T>(T obj, PatchObject<T> patch, CancellationToken cancellation)
        where T : IKubernetesObject<V1ObjectMeta> =>
        patch(
            new V1Patch(KubernetesJson.Serialize(obj), V1Patch.PatchType.ApplyPatch), obj.Metadata.Name, obj.Metadata.NamespaceProperty,
            fieldManager: FieldManager, force: true, cancellationToken: cancellation);

    private delegate Task<T> PatchObject<T>(
        V1Patch body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null,
        string? fieldValidation = null, bool? force = null, bool? pretty = null, CancellationToken cancellationToken = default);
}
