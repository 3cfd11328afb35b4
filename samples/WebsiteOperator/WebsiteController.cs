using System.Threading.Channels;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace WebsiteOperator;

/// <summary>The loop: lists and watches Websites and their Deployments, and reconciles whichever may have changed, one at a time.</summary>
public sealed class WebsiteController(IKubernetes client, TimeProvider time, Action<string> log)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private readonly Channel<(string Namespace, string Name)> _changed = Channel.CreateUnbounded<(string, string)>();
    private readonly WebsiteReconciler _reconciler = new(client);

    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.WhenAll(RepeatAsync(FollowSitesAsync, cancellation), RepeatAsync(FollowDeploymentsAsync, cancellation), WorkAsync(cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            log("stopped");
        }
    }

    private async Task WorkAsync(CancellationToken cancellation)
    {
        await foreach (var (ns, name) in _changed.Reader.ReadAllAsync(cancellation))
        {
            try
            {
                await _reconciler.ReconcileAsync(ns, name, cancellation);
            }
            catch (Exception e) when (e is HttpOperationException or HttpRequestException)
            {
                log($"{ns}/{name}: {(e as HttpOperationException)?.Response.Content ?? e.Message}; trying again");
                _ = LaterAsync(ns, name, cancellation);
            }
        }
    }

    private async Task LaterAsync(string ns, string name, CancellationToken cancellation)
    {
        await Task.Delay(RetryAfter, time, cancellation);
        _changed.Writer.TryWrite((ns, name));
    }

    private async Task FollowSitesAsync(CancellationToken cancellation)
    {
        using var sites = new GenericClient(client, Website.GroupName, Website.Version, Website.Plural, disposeClient: false);
        foreach (var site in (await sites.ListAsync<WebsiteList>(cancel: cancellation)).Items)
            Enqueue(site.Metadata, site.Metadata.Name);
        await foreach (var (_, site) in sites.WatchAsync<Website>(cancel: cancellation))
            Enqueue(site.Metadata, site.Metadata.Name);
    }

    private async Task FollowDeploymentsAsync(CancellationToken cancellation)
    {
        var list = await client.AppsV1.ListDeploymentForAllNamespacesAsync(labelSelector: WebsiteObjects.Label, cancellationToken: cancellation);
        foreach (var deployment in list.Items)
            Enqueue(deployment.Metadata, deployment.Metadata.Labels[WebsiteObjects.Label]);
        var watch = client.AppsV1.WatchListDeploymentForAllNamespacesAsync(
            labelSelector: WebsiteObjects.Label, resourceVersion: list.Metadata.ResourceVersion, cancellationToken: cancellation);
        await foreach (var (_, deployment) in watch)
            Enqueue(deployment.Metadata, deployment.Metadata.Labels[WebsiteObjects.Label]);
    }

    private void Enqueue(V1ObjectMeta metadata, string name) => _changed.Writer.TryWrite((metadata.NamespaceProperty, name));

    // A watch ends now and then, and so do connections: list and watch again.
    private async Task RepeatAsync(Func<CancellationToken, Task> follow, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await follow(cancellation);
            }
            catch (Exception e) when (e is HttpOperationException or HttpRequestException or IOException or KubernetesException)
            {
                log($"watch: {e.Message}; trying again");
                await Task.Delay(RetryAfter, time, cancellation);
            }
        }
    }
}
