using Xebec.ApiMachinery.Errors;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.CustomResources;

/// <summary>Deletes every instance of a definition that is being deleted.</summary>
internal static class InstanceCleanup
{
    /// <summary>Asks every instance to go; true while some remain (finalizers).</summary>
    public static async Task<bool> RunAsync(ServedResource resource, ResourceDeleter deleter, CacheSet caches, CancellationToken cancellationToken)
    {
        await caches.WaitUntilFreshAsync(cancellationToken);
        foreach (var item in resource.Cache.Snapshot.Ordered)
        {
            var request = new WriteRequest
            {
                Resource = resource, Namespace = item.Facts.Namespace, Name = item.Facts.Name, User = UserInfo.Self, FieldManager = "kube-apiserver",
            };
            try
            {
                await deleter.DeleteAsync(request, new DeleteRequest(), cancellationToken);
            }
            catch (ApiException e) when (e.Code == 404)
            {
                // Somebody else deleted it in the meantime, which is what was wanted.
            }
        }

        await caches.WaitUntilFreshAsync(cancellationToken);
        return !resource.Cache.Snapshot.Objects.IsEmpty;
    }
}
