using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Apiextensions;

/// <summary>CustomResourceDefinitions: the singular and the list's kind follow from the kind; the name from plural and group.</summary>
internal static class CustomResourceDefinitionRules
{
    public static void Default(ObjectValue spec)
    {
        if (spec.GetObject("names") is not { } names || names.GetString("kind") is not { Length: > 0 } kind)
            return;
        if (names["singular"].IsZero())
            names["singular"] = kind.ToLowerInvariant();
        if (names["listKind"].IsZero())
            names["listKind"] = kind + "List";
    }

    public static void CheckName(ObjectValue definition, CheckContext context)
    {
        var spec = definition.GetObject("spec");
        var name = definition.GetObject("metadata")?.GetString("name") ?? "";
        if (name.Length > 0 && name != $"{spec?.GetObject("names")?.GetString("plural")}.{spec?.GetString("group")}")
            context.Add(FieldError.Invalid(context.At("metadata").Child("name"), name, "must be spec.names.plural+\".\"+spec.group"));
    }

    public static void Check(ObjectValue spec, CheckContext context)
    {
        if (spec.GetString("group") is { Length: > 0 } group && !group.Contains('.', StringComparison.Ordinal))
            context.Invalid("group", group, "should be a domain with at least one dot");
        if (spec["preserveUnknownFields"]?.AsBool() == true)
        {
            const string Message = "cannot set to true, "
                + "set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead";
            context.Invalid("preserveUnknownFields", true, Message);
        }

        CheckVersions(spec.GetList("versions") ?? [], context);
        CheckNames(spec.GetObject("names"), context);
    }

    public static void CheckUpdate(ObjectValue updated, ObjectValue stored, string subresource, CheckContext context)
    {
        var (spec, before) = (updated.GetObject("spec"), stored.GetObject("spec"));
        var isEstablished = stored.GetObject("status")?.GetList("conditions")?.Any(
            c => c.AsObject() is { } condition && condition.GetString("type") == "Established" && condition.GetString("status") == "True") == true;
        if (subresource.Length > 0)
            return;
        CheckStoredVersions(updated, context);
        CheckApproval(updated, stored, context);
        if (isEstablished)
            ConversionRules.CheckBundle(spec, before, context);
        foreach (var field in isEstablished ? ["group", "scope"] : new[] { "group" })
        {
            if (!ValueZero.SameOrBothZero(spec?[field], before?[field]))
                context.Add(FieldError.Invalid(FieldPath.Root("spec").Child(field), spec?[field], "field is immutable"));
        }

        foreach (var field in isEstablished ? ["plural", "kind"] : new[] { "plural" })
        {
            var (now, then) = (spec?.GetObject("names")?[field], before?.GetObject("names")?[field]);
            if (!ValueZero.SameOrBothZero(now, then))
                context.Add(FieldError.Invalid(FieldPath.Root("spec").Child("names", field), now, "field is immutable"));
        }
    }

    private static void CheckStoredVersions(ObjectValue updated, CheckContext context)
    {
        var declared = updated.GetObject("spec")?.GetList("versions") ?? [];
        var stored = updated.GetObject("status")?.GetList("storedVersions") ?? [];
        for (var i = 0; i < stored.Count; i++)
        {
            var version = stored[i].AsString();
            if (declared.Any(v => v.AsObject()?.GetString("name") == version))
                continue;
            var message = $"missing from spec.versions; {version} was previously a storage version, and must remain in spec.versions until "
                + $"a storage migration ensures no data remains persisted in {version} and removes {version} from status.storedVersions";
            context.Add(FieldError.Invalid(FieldPath.Root("status").Child("storedVersions").Index(i), version, message));
        }
    }

    /// <summary>Groups of the Kubernetes community need its approval.</summary>
    public static void CheckApproval(ObjectValue definition, CheckContext context) => CheckApproval(definition, null, context);

    // Who does not touch what is said of the approval is not asked for it.
    private static void CheckApproval(ObjectValue definition, ObjectValue? stored, CheckContext context)
    {
        if (!ApiApproval.IsNeeded(definition.GetObject("spec")?.GetString("group") ?? ""))
            return;
        var annotation = AnnotationOf(definition);
        var approval = ApiApproval.Read(annotation);
        if (stored is not null && ApiApproval.Read(AnnotationOf(stored)).State == approval.State)
            return;
        var path = FieldPath.Root("metadata").Child("annotations").Key(ApiApproval.Annotation);
        if (approval.State == ApiApproval.Missing)
            context.Add(FieldError.Required(path, approval.Message));
        else if (approval.State == ApiApproval.Invalid)
            context.Add(FieldError.Invalid(path, annotation, approval.Message));
    }

    private static string AnnotationOf(ObjectValue definition) =>
        definition.GetObject("metadata")?.GetObject("annotations")?.GetString(ApiApproval.Annotation) ?? "";

    private static void CheckVersions(ListValue versions, CheckContext context)
    {
        var stored = versions.Count(v => v.AsObject()?["storage"]?.AsBool() == true);
        if (stored != 1)
            context.Invalid("versions", versions, "must have exactly one version marked as storage version");
        for (var i = 0; i < versions.Count; i++)
        {
            if (versions[i].AsObject()?.GetObject("schema")?["openAPIV3Schema"].IsAbsent() != false)
            {
                var path = context.At("versions").Index(i).Child("schema", "openAPIV3Schema");
                context.Add(FieldError.Required(path, "schemas are required"));
            }
        }
    }

    private static void CheckNames(ObjectValue? names, CheckContext context)
    {
        foreach (var field in new[] { "kind", "listKind" })
        {
            if (names?.GetString(field) is { Length: > 0 } text
                && NameRules.Dns1035Label(text.ToLowerInvariant()) is { Count: > 0 } messages)
            {
                var message = $"may have mixed case, but should otherwise match: {string.Join(",", messages)}";
                context.Add(FieldError.Invalid(context.At("names").Child(field), text, message));
            }
        }

        if (names?.GetString("kind") is { Length: > 0 } kind && kind == names.GetString("listKind"))
            context.Add(FieldError.Invalid(context.At("names").Child("listKind"), kind, "kind and listKind may not be the same"));
    }
}
