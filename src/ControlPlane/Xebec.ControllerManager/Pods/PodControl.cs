using Xebec.Api;
using Xebec.Api.Core.V1;
using Xebec.Client;
using Xebec.Client.Events;

namespace Xebec.ControllerManager.Pods;

/// <summary>Creates and deletes the pods of an owner, and reports it on the owner as upstream does.</summary>
internal sealed class PodControl(ApiClient client, EventRecorder recorder)
{
    public async Task<Pod> CreateAsync(Pod pod, IKubernetesObject owner, CancellationToken cancellation)
    {
        try
        {
            var created = await client.CreateAsync(pod, null, cancellation);
            recorder.Normal(owner, "SuccessfulCreate", $"Created pod: {created.Metadata.Name}");
            return created;
        }
        catch (ApiErrorException e)
        {
            if (!e.IsNamespaceTerminating)
                recorder.Warning(owner, "FailedCreate", $"Error creating: {e.Message}");
            throw;
        }
    }

    /// <summary>Deletes a pod, guarded by its uid; one that is gone already is fine.</summary>
    public async Task DeleteAsync(Pod pod, IKubernetesObject owner, CancellationToken cancellation)
    {
        try
        {
            var options = new Api.Meta.V1.DeleteOptions { Preconditions = new() { Uid = pod.Metadata.Uid } };
            await client.DeleteAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, options, cancellation);
            recorder.Normal(owner, "SuccessfulDelete", $"Deleted pod: {pod.Metadata.Name}");
        }
        catch (ApiErrorException e) when (e.IsNotFound || e.IsConflict)
        {
            return;
        }
        catch (ApiErrorException e)
        {
            recorder.Warning(owner, "FailedDelete", $"Error deleting: {e.Message}");
            throw;
        }
    }
}
