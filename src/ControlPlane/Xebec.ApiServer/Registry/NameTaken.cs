using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Registry;

/// <summary>Why an object cannot be created whose name is taken.</summary>
internal static class NameTaken
{
    /// <summary>409, which says whether the server made the name up, and whether the name will be free soon.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="created">The object to be created, named.</param>
    /// <param name="existing">The one that has the name, null when it is gone again.</param>
    public static ApiException Error(ResourceInfo resource, ObjectValue created, CachedObject? existing)
    {
        var metadata = created.GetObject("metadata")!;
        var name = metadata.GetString("name") ?? "";
        var error = metadata.GetString("generateName") is { Length: > 0 }
            ? ApiErrors.GenerateNameConflict(resource, name)
            : ApiErrors.AlreadyExists(resource, name);
        return existing is not null && ObjectMetadata.IsBeingDeleted(existing.ToTree())
            ? new ApiException(error.Code, error.Reason, $"object is being deleted: {error.Message}", error.Details)
            : error;
    }
}
