using System.Globalization;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Registry;

/// <summary>What a write says about the object it is based on: its resourceVersion and its uid.</summary>
internal static class WritePreconditions
{
    /// <summary>Refuses a change of another object, or of a state that is no longer.</summary>
    /// <exception cref="ApiException">409 or 422.</exception>
    public static void Check(WriteRequest request, ObjectValue updated, CachedObject current)
    {
        CheckResourceVersion(request, updated, current);
        CheckUid(request, updated, current);
    }

    /// <summary>The object of a PUT. A uid in it says which object is meant: another one of the same name must not be overwritten.</summary>
    /// <exception cref="ApiException">409.</exception>
    public static ObjectValue SameObject(WriteRequest request, CachedObject current, ObjectValue updated)
    {
        var meant = updated.GetObject("metadata")?.GetString("uid");
        if (meant is not (null or "") && SelectableFields.Read(current, "metadata.uid") is var actual && actual != meant)
        {
            throw ApiErrors.Conflict(
                request.Resource.Info, request.Name, $"StorageError: invalid object, Code: 4, Key: {request.Key}, ResourceVersion: 0, " +
                $"AdditionalErrorMsg: Precondition failed: UID in precondition: {meant}, UID in object meta: {actual}");
        }

        return (ObjectValue)updated.DeepClone();
    }

    /// <summary>409: the object has been written in the meantime.</summary>
    public static ApiException Conflict(WriteRequest request) => ApiErrors.ObjectModified(request.Resource.Info, request.Name);

    // A client that names the resourceVersion it saw fails here as soon as another write has come between.
    private static void CheckResourceVersion(WriteRequest request, ObjectValue updated, CachedObject current)
    {
        var given = updated.GetObject("metadata")?.GetString("resourceVersion");
        if (given is null or "" or "0")
        {
            if (!request.Resource.Strategy.AllowUnconditionalUpdate)
                throw UpdateNeedsVersion(request);
        }
        else if (given != current.Revision.ToString(CultureInfo.InvariantCulture))
        {
            throw Conflict(request);
        }
    }

    // Controllers put the uid into their patches, so that these never change a successor of the same name.
    private static void CheckUid(WriteRequest request, ObjectValue updated, CachedObject current)
    {
        if (updated.GetObject("metadata")?.GetString("uid") is { Length: > 0 } given && SelectableFields.Read(current, "metadata.uid") != given)
        {
            var error = FieldError.Invalid(FieldPath.Root("metadata").Child("uid"), given, "field is immutable");
            throw ApiErrors.Invalid(request.Resource.Info, request.Name, [error]);
        }
    }

    // Upstream names the plural here, where other errors of validation name the kind.
    private static ApiException UpdateNeedsVersion(WriteRequest request) => ApiErrors.Invalid(
        request.Resource.Info.GroupVersion.Group, request.Resource.Info.Plural, request.Name,
        [FieldError.Invalid(FieldPath.Root("metadata").Child("resourceVersion"), 0L, "must be specified for an update")]);
}
