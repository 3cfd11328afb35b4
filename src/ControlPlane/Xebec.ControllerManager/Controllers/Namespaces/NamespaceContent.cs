using Xebec.Api;
using Xebec.Api.Core.V1;
using Xebec.Api.Meta.V1;
using Xebec.ApiMachinery.Resources;
using Xebec.Client;

namespace Xebec.ControllerManager.Controllers.Namespaces;

/// <summary>
/// Deletes all objects of a namespace, of every kind that can be listed and deleted; its pods before anything that they may need to end
/// well or be held by, such as network policies (KEP-5080).
/// </summary>
internal sealed class NamespaceContent(ApiClient client, CustomResourceKinds custom)
{
    private static readonly List<ResourceInfo> Resources = [.. BuiltIn.Resources
        .Where(r => r.Namespaced && r.Verbs.Contains("deletecollection") && r.Verbs.Contains("list"))
        .DistinctBy(r => r.StorageFolder + "/" + r.GroupVersion.Group).OrderBy(r => r == Pod.Resource ? 0 : 1)];

    public async Task<RemainingContent> DeleteAsync(string ns, CancellationToken cancellation)
    {
        var remains = new RemainingContent(new(StringComparer.Ordinal), new(StringComparer.Ordinal), [], 0);
        foreach (var resource in Resources.Concat(custom.All.Where(r => r.Namespaced)))
        {
            try
            {
                remains = await DeleteAsync(resource, ns, remains, cancellation);
            }
            catch (ApiErrorException e) when (e.IsNotFound || e.Code == 405)
            {
                continue;
            }
            catch (ApiErrorException e)
            {
                remains.Errors.Add(e.Message);
            }

            if (resource == Pod.Resource && remains.Any)
                return remains;
        }

        return remains;
    }

    private async Task<RemainingContent> DeleteAsync(
        ResourceInfo resource, string ns, RemainingContent remains, CancellationToken cancellation)
    {
        var before = await client.ListAsync<PartialObjectMetadata>(resource, ns, null, cancellation);
        if (before.Items.Count == 0)
            return remains;
        if (before.Items.Exists(o => o.Metadata.DeletionTimestamp is null))
            await client.DeleteCollectionAsync(
                resource, ns, null, new Api.Meta.V1.DeleteOptions { PropagationPolicy = "Background" }, cancellation);
        var left = await client.ListAsync<PartialObjectMetadata>(resource, ns, null, cancellation);
        if (left.Items.Count == 0)
            return remains;
        remains.Objects[Title(resource)] = left.Items.Count;
        foreach (var finalizer in left.Items.SelectMany(o => o.Metadata.Finalizers))
            remains.Finalizers[finalizer] = remains.Finalizers.GetValueOrDefault(finalizer) + 1;
        return resource == Pod.Resource
            ? remains with { GraceSeconds = left.Items.Max(o => o.Metadata.DeletionGracePeriodSeconds ?? 0) }
            : remains;
    }

    private static string Title(ResourceInfo resource) => $"{resource.Plural}.{resource.GroupVersion.Group}";
}
