using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.WatchCache;
using Xebec.Store;

namespace Xebec.ApiServer.Registry;

/// <summary>Why an object cannot be created whose name is taken.</summary>
internal static class NameTaken
{
    /// <summary>409, which says whether the server made the name up, and whether the name will be free soon.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="created">The object to be created, named.</param>
    /// <param name="existing">What is stored at its key, null when nothing is any more.</param>
    public static ApiException Error(ResourceInfo resource, ObjectValue created, StoreEntry? existing) => Error(
        resource, created, existing is not null && UnreadableValue.ReasonOf(existing.Value.Span) is null ? existing.Value.Span : []);

    /// <summary>The same when the stored object is known.</summary>
    public static ApiException Error(ResourceInfo resource, ObjectValue created, ReadOnlySpan<byte> existing)
    {
        var metadata = created.GetObject("metadata")!;
        var name = metadata.GetString("name") ?? "";
        var error = metadata.GetString("generateName") is { Length: > 0 }
            ? ApiErrors.GenerateNameConflict(resource, name)
            : ApiErrors.AlreadyExists(resource, name);
        return existing.Length > 0 && ObjectMetadata.IsBeingDeleted((ObjectValue)Value.Parse(existing))
            ? new ApiException(error.Code, error.Reason, $"object is being deleted: {error.Message}", error.Details)
            : error;
    }
}
