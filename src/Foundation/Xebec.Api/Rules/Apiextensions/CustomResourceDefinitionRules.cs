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
        CheckStoredVersions(updated, context);
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
            if (!declared.Any(v => v.AsObject()?.GetString("name") == stored[i].AsString()))
            {
                var path = FieldPath.Root("status").Child("storedVersions").Index(i);
                context.Add(FieldError.Invalid(path, stored[i], "must appear in spec.versions"));
            }
        }
    }

    /// <summary>Groups of the Kubernetes community need its approval.</summary>
    public static void CheckApproval(ObjectValue definition, CheckContext context)
    {
        const string Annotation = "api-approved.kubernetes.io";
        var group = definition.GetObject("spec")?.GetString("group") ?? "";
        var isProtected = group is "k8s.io" or "kubernetes.io" || group.EndsWith(".k8s.io", StringComparison.Ordinal)
            || group.EndsWith(".kubernetes.io", StringComparison.Ordinal);
        if (!isProtected || definition.GetObject("metadata")?.GetObject("annotations")?.GetString(Annotation) is { Length: > 0 })
            return;
        context.Add(FieldError.Required(
            FieldPath.Root("metadata").Child("annotations").Key(Annotation),
            $"protected groups must have approval annotation \"{Annotation}\", see https://github.com/kubernetes/enhancements/pull/1111"));
    }

    /// <summary>A webhook says where it is and which reviews it reads.</summary>
    public static void CheckConversion(ObjectValue conversion, CheckContext context)
    {
        var webhook = conversion.GetObject("webhook");
        if (conversion.GetString("strategy") != "Webhook")
        {
            if (webhook is not null)
                context.Forbidden("webhook", "should not be set when strategy is not set to Webhook");
            return;
        }

        if (webhook?.GetObject("clientConfig") is null)
            context.Add(FieldError.Required(context.At("webhook").Child("clientConfig"), "required when strategy is set to Webhook"));
        var versions = webhook?.GetList("conversionReviewVersions") ?? [];
        var path = context.At("webhook").Child("conversionReviewVersions");
        if (versions.Count == 0)
            context.Add(FieldError.Required(path));
        else if (!versions.Any(v => v.AsString() is "v1"))
            context.Add(FieldError.Invalid(path, versions, "must include at least one of v1"));
    }

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
