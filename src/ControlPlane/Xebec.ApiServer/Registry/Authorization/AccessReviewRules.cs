using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Authorization;

/// <summary>What an access review must say.</summary>
internal static class AccessReviewRules
{
    /// <exception cref="ApiException">422.</exception>
    public static void Check(ObjectValue review, string kind, bool hasSubject)
    {
        var spec = review.GetOrAddObject("spec");
        var errors = new List<FieldError>();
        var path = FieldPath.Root("spec");
        var (resource, nonResource) = (spec.GetObject("resourceAttributes"), spec.GetObject("nonResourceAttributes"));
        if (resource is not null && nonResource is not null)
            errors.Add(FieldError.Invalid(path.Child("nonResourceAttributes"), nonResource, "cannot be specified in combination with resourceAttributes"));
        if (resource is null && nonResource is null)
            errors.Add(FieldError.Invalid(path.Child("resourceAttributes"), null, "exactly one of nonResourceAttributes or resourceAttributes must be specified"));
        if (hasSubject && spec.GetString("user") is null or "" && spec.GetList("groups") is not { Count: > 0 })
            errors.Add(FieldError.Invalid(path.Child("user"), spec["user"] ?? "", "at least one of user or group must be specified"));
        if (kind == "LocalSubjectAccessReview" && nonResource is not null)
            errors.Add(FieldError.Invalid(path.Child("nonResourceAttributes"), nonResource, "disallowed on this kind of request"));
        CheckMetadata(review.GetObject("metadata") ?? [], kind == "LocalSubjectAccessReview", errors);
        if (errors.Count > 0)
            throw ApiErrors.Invalid("authorization.k8s.io", kind, "", errors);
    }

    // A review is of no object: it has no name, nor anything else but what a client fills in of itself.
    private static void CheckMetadata(ObjectValue metadata, bool isLocal, List<FieldError> errors)
    {
        foreach (var (name, value) in metadata)
        {
            if (name == "managedFields" || (isLocal && name == "namespace") || value is NullValue or StringValue { Text.Length: 0 } or ObjectValue { Count: 0 })
                continue;
            errors.Add(FieldError.Invalid(FieldPath.Root("metadata"), metadata, isLocal ? "must be empty except for namespace" : "must be empty"));
            return;
        }
    }
}
