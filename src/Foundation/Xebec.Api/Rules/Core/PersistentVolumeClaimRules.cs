using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Claims to PersistentVolumes, by themselves and in templates.</summary>
internal static class PersistentVolumeClaimRules
{
    private const string ClassAnnotation = "volume.beta.kubernetes.io/storage-class";

    /// <summary>The walk stands on the claim's spec.</summary>
    public static void Check(ObjectValue spec, CheckContext context)
    {
        PersistentVolumeRules.CheckAccessModes(spec.GetList("accessModes"), context);
        CheckSize(spec.GetObject("resources")?.GetObject("requests")?.GetString("storage"), context);
        if (spec.GetString("storageClassName") is { Length: > 0 } name)
            context.CheckText("storageClassName", name, NameRules.DnsSubdomain(name));
        if (spec.GetString("volumeAttributesClassName") is { Length: > 0 } attributes)
            context.CheckText("volumeAttributesClassName", attributes, NameRules.DnsSubdomain(attributes));
        CheckSource(spec.GetObject("dataSource"), "dataSource", context);
        CheckSource(spec.GetObject("dataSourceRef"), "dataSourceRef", context);
        CheckSourcesMatch(spec.GetObject("dataSource"), spec.GetObject("dataSourceRef"), context);
    }

    /// <summary>A claim in a pod's volume: only labels and annotations of its metadata can be given.</summary>
    public static void CheckTemplate(ObjectValue template, CheckContext context)
    {
        if (template.GetObject("metadata") is not { } metadata)
            return;
        context.Enter("metadata");
        Meta.ObjectMetaRules.CheckLabelsAndAnnotations(metadata, context);
        foreach (var (name, value) in metadata)
        {
            if (name is not ("labels" or "annotations") && !value.IsZero())
                context.Forbidden(name, "cannot be set");
        }

        context.Leave();
    }

    public static void CheckUpdate(ObjectValue updated, ObjectValue stored, string subresource, CheckContext context)
    {
        if (updated.GetObject("spec") is not { } spec || stored.GetObject("spec") is not { } before)
            return;
        CheckClassAnnotation(updated, stored, context);
        var rest = (ObjectValue)spec.DeepClone();
        SetBack(rest, before, stored);
        if (!PodUpdateRules.Same(rest, before))
        {
            const string Message = "spec is immutable after creation except "
                + "resources.requests and volumeAttributesClassName for bound claims\n";
            context.Add(FieldError.Forbidden(FieldPath.Root("spec"), Message));
        }

        CheckNotSmaller(spec, before, stored, context);
        if (!ValueZero.SameOrBothZero(spec["volumeMode"], before["volumeMode"]))
            context.Add(FieldError.Invalid(FieldPath.Root("volumeMode"), spec["volumeMode"] ?? Value.Null, "field is immutable"));
        CheckAttributes(spec.GetString("volumeAttributesClassName"), before.GetString("volumeAttributesClassName"), context);
    }

    private static void CheckSize(string? amount, CheckContext context)
    {
        if (amount is null)
            context.Add(FieldError.Required(context.At("resources").Key("storage")));
        else if (Quantity.TryParse(amount, out var storage) && storage.Value <= 0)
            context.AddInvalid(context.At("resources").Key("storage"), storage.ToString(), ["must be greater than zero"]);
    }

    private static void CheckSource(ObjectValue? source, string field, CheckContext context)
    {
        if (source is null)
            return;
        var (kind, group, ns) = (source.GetString("kind") ?? "", source.GetString("apiGroup") ?? "", source.GetString("namespace") ?? "");
        context.Enter(field);
        if (source["name"].IsZero())
            context.Required("name");
        if (kind.Length == 0)
            context.Required("kind");
        if (group.Length == 0 && kind != "PersistentVolumeClaim")
            context.InvalidHere(kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
        if (group.Length > 0)
            context.CheckText("apiGroup", group, NameRules.DnsSubdomain(group));
        if (ns.Length > 0)
            context.CheckText("namespace", ns, NameRules.DnsLabel(ns));
        context.Leave();
    }

    private static void CheckSourcesMatch(ObjectValue? source, ObjectValue? reference, CheckContext context)
    {
        if (source is null || reference is null)
            return;
        if (!reference["namespace"].IsZero())
            context.InvalidHere(Shown(context), "may not be specified when dataSourceRef.namespace is specified");
        else if (!Same(source, reference, "apiGroup") || !Same(source, reference, "kind") || !Same(source, reference, "name"))
            context.InvalidHere(Shown(context), "must match dataSourceRef");
    }

    // Upstream shows the field, not its value.
    private static string Shown(CheckContext context) => context.At("dataSource").ToString();

    private static bool Same(ObjectValue left, ObjectValue right, string name) => ValueZero.SameOrBothZero(left[name], right[name]);

    private static void CheckClassAnnotation(ObjectValue updated, ObjectValue stored, CheckContext context)
    {
        var (now, before) = (Annotation(updated), Annotation(stored));
        var moved = before is not null && now is null && updated.GetObject("spec")?.GetString("storageClassName") == before;
        if ((now ?? "") != (before ?? "") && !moved)
        {
            var path = FieldPath.Root("metadata").Child("annotations", ClassAnnotation);
            context.Add(FieldError.Invalid(path, now ?? "", "field is immutable"));
        }
    }

    private static string? Annotation(ObjectValue claim) => claim.GetObject("metadata")?.GetObject("annotations")?.GetString(ClassAnnotation);

    // What may change, as it was: the volume and the class once, the size and the attributes of a bound claim.
    private static void SetBack(ObjectValue rest, ObjectValue before, ObjectValue stored)
    {
        if (before["volumeName"].IsZero())
            rest["volumeName"] = before["volumeName"];
        var named = Annotation(stored);
        if (before["storageClassName"].IsAbsent() && rest.GetString("storageClassName") is { } name && (named is null || named == name))
            rest["storageClassName"] = before["storageClassName"];
        if (stored.GetObject("status")?.GetString("phase") != "Bound")
            return;
        if (rest.GetObject("resources")?.GetObject("requests") is { } requests)
            requests["storage"] = before.GetObject("resources")?.GetObject("requests")?["storage"];
        if (!rest["volumeAttributesClassName"].IsAbsent())
            rest["volumeAttributesClassName"] = before["volumeAttributesClassName"];
    }

    private static void CheckNotSmaller(ObjectValue spec, ObjectValue before, ObjectValue stored, CheckContext context)
    {
        var capacity = stored.GetObject("status")?.GetObject("capacity")?.GetString("storage");
        if (!TryRequest(spec, out var now) || !TryRequest(before, out var old) || now >= old)
            return;
        Quantity.TryParse(capacity ?? "", out var size);
        if (now <= size)
        {
            var path = FieldPath.Root("spec").Child("resources", "requests", "storage");
            context.Add(FieldError.Forbidden(path, "field can not be less than status.capacity"));
        }
    }

    private static bool TryRequest(ObjectValue spec, out Quantity storage) =>
        Quantity.TryParse(spec.GetObject("resources")?.GetObject("requests")?.GetString("storage") ?? "", out storage);

    private static void CheckAttributes(string? now, string? before, CheckContext context)
    {
        if (before is null || now == before)
            return;
        var path = FieldPath.Root("spec").Child("volumeAttributesClassName");
        if (now is null)
            context.Add(FieldError.Forbidden(path, "update from non-nil value to nil is forbidden"));
        else if (now.Length == 0)
            context.Add(FieldError.Forbidden(path, "update from non-nil value to an empty string is forbidden"));
    }
}
