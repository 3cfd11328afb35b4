using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Authorization;

/// <summary>What an access review must say.</summary>
internal static class AccessReviewRules
{
    /// <param name="review">The review.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="hasSubject">It names whom it is about.</param>
    /// <param name="ns">The only namespace it may be about; null for any.</param>
    /// <exception cref="ApiException">422.</exception>
    public static void Check(ObjectValue review, string kind, bool hasSubject, string? ns = null)
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
        foreach (var selector in new[] { "fieldSelector", "labelSelector" })
            CheckSelector(resource?.GetObject(selector), path.Child("resourceAttributes").Child(selector), errors);
        CheckMetadata(review.GetObject("metadata"), ns is not null, errors);
        if (ns is not null)
            CheckNamespace(resource, nonResource, ns, errors);
        if (errors.Count > 0)
            throw ApiErrors.Invalid("authorization.k8s.io", kind, "", errors);
    }

    private static void CheckMetadata(ObjectValue? metadata, bool mayHaveNamespace, List<FieldError> errors)
    {
        var isEmpty = (metadata ?? []).All(m => m.Key == "managedFields" || (mayHaveNamespace && m.Key == "namespace") || IsUnset(m.Value));
        if (!isEmpty)
            errors.Add(FieldError.Invalid(FieldPath.Root("metadata"), metadata, mayHaveNamespace ? "must be empty except for namespace" : "must be empty"));
    }

    private static void CheckNamespace(ObjectValue? resource, ObjectValue? nonResource, string ns, List<FieldError> errors)
    {
        if (resource is not null && (resource.GetString("namespace") ?? "") is var given && given != ns)
            errors.Add(FieldError.Invalid(FieldPath.Root("spec.resourceAttributes.namespace"), given, "must match metadata.namespace"));
        if (nonResource is not null)
            errors.Add(FieldError.Invalid(FieldPath.Root("spec.nonResourceAttributes"), nonResource, "disallowed on this kind of request"));
    }

    private static void CheckSelector(ObjectValue? selector, FieldPath path, List<FieldError> errors)
    {
        if (selector is null)
            return;
        var (raw, requirements) = (selector.GetString("rawSelector") ?? "", selector.GetList("requirements") ?? []);
        if (raw.Length > 0 && requirements.Count > 0)
            errors.Add(FieldError.Invalid(path.Child("rawSelector"), raw, "may not specified at the same time as requirements"));
        if (raw.Length == 0 && requirements.Count == 0)
            errors.Add(FieldError.Required(path.Child("requirements"), $"when {path} is specified, requirements or rawSelector is required"));
        for (var i = 0; i < requirements.Count; i++)
            CheckRequirement(requirements[i].AsObject() ?? [], path.Child("requirements").Index(i), errors);
    }

    // An operator that is not known here may be one of a newer client: the condition is then not looked at.
    private static void CheckRequirement(ObjectValue requirement, FieldPath path, List<FieldError> errors)
    {
        var hasValues = requirement.GetList("values") is { Count: > 0 };
        if (requirement.GetString("key") is null or "")
            errors.Add(FieldError.Required(path.Child("key"), "must be specified"));
        if (requirement.GetString("operator") is "In" or "NotIn" && !hasValues)
            errors.Add(FieldError.Required(path.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'"));
        if (requirement.GetString("operator") is "Exists" or "DoesNotExist" && hasValues)
            errors.Add(FieldError.Forbidden(path.Child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
    }

    private static bool IsUnset(Value value) => value is NullValue or StringValue { Text: "" } or ObjectValue { Count: 0 } or ListValue { Count: 0 };
}
