using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>PersistentVolumes and the claims to them.</summary>
internal static class PersistentVolumeRules
{
    public static void Check(ObjectValue spec, CheckContext context)
    {
        if (spec.GetObject("capacity") is { Count: > 0 } capacity)
            CheckStorage(capacity, context.At("capacity"), context);
        VolumeRules.Check(spec, context);
        if (spec.GetString("persistentVolumeReclaimPolicy") == "Recycle" && spec.GetObject("hostPath")?.GetString("path") == "/")
        {
            const string Message = "may not be 'recycle' for a hostPath mount of '/'";
            context.Forbidden("persistentVolumeReclaimPolicy", Message);
        }
    }

    public static void CheckUpdate(ObjectValue updated, ObjectValue stored, string subresource, CheckContext context)
    {
        if (updated.GetObject("spec") is not { } spec || stored.GetObject("spec") is not { } before)
            return;
        if (!Source(spec).DeepEquals(Source(before)))
        {
            var path = FieldPath.Root("spec").Child("persistentvolumesource");
            context.Add(FieldError.Forbidden(path, "spec.persistentvolumesource is immutable after creation"));
        }
    }

    public static void CheckClaim(ObjectValue spec, CheckContext context)
    {
        var path = context.At("resources").Child("requests");
        if (spec.GetObject("resources")?.GetObject("requests") is not { } requests || requests["storage"].IsZero())
            context.Add(FieldError.Required(path.Key("storage")));
        else if (Quantity.TryParse(requests.GetString("storage") ?? "", out var storage) && storage.Value <= 0)
            context.Add(FieldError.Invalid(path.Key("storage"), requests["storage"], "must be greater than zero"));
        if (spec.GetList("accessModes") is { Count: > 1 } modes && modes.Any(m => m.AsString() == "ReadWriteOncePod"))
        {
            const string Message = "may not use ReadWriteOncePod with other access modes";
            context.Forbidden("accessModes", Message);
        }
    }

    public static void CheckClaimUpdate(ObjectValue updated, ObjectValue stored, string subresource, CheckContext context)
    {
        if (updated.GetObject("spec") is not { } spec || stored.GetObject("spec") is not { } before || spec.DeepEquals(before))
            return;
        var rest = (ObjectValue)spec.DeepClone();
        if (before["volumeName"].IsZero())
            rest["volumeName"] = before["volumeName"];
        if (before["storageClassName"].IsAbsent())
            rest["storageClassName"] = before["storageClassName"];
        if (stored.GetObject("status")?.GetString("phase") == "Bound")
        {
            rest["resources"] = before["resources"];
            rest["volumeAttributesClassName"] = before["volumeAttributesClassName"];
            CheckNotSmaller(spec, before, stored, context);
        }

        if (!rest.DeepEquals(before))
        {
            const string Message = "spec is immutable after creation except "
                + "resources.requests and volumeAttributesClassName for bound claims";
            context.Add(FieldError.Forbidden(FieldPath.Root("spec"), Message));
        }
    }

    private static void CheckNotSmaller(ObjectValue spec, ObjectValue before, ObjectValue stored, CheckContext context)
    {
        var capacity = stored.GetObject("status")?.GetObject("capacity")?.GetString("storage");
        if (!TryRequest(spec, out var now) || !TryRequest(before, out var old) || now >= old)
            return;
        if (!Quantity.TryParse(capacity ?? "", out var size) || now <= size)
        {
            var path = FieldPath.Root("spec").Child("resources", "requests", "storage");
            context.Add(FieldError.Forbidden(path, "field can not be less than status.capacity"));
        }
    }

    private static bool TryRequest(ObjectValue spec, out Quantity storage) =>
        Quantity.TryParse(spec.GetObject("resources")?.GetObject("requests")?.GetString("storage") ?? "", out storage);

    private static void CheckStorage(ObjectValue capacity, FieldPath path, CheckContext context)
    {
        if (!capacity.ContainsKey("storage") || capacity.Count > 1)
            context.Add(FieldError.NotSupported(path, capacity, ["storage"]));
        if (Quantity.TryParse(capacity.GetString("storage") ?? "", out var storage) && storage.Value <= 0)
            context.Add(FieldError.Invalid(path.Key("storage"), capacity["storage"], "must be greater than zero"));
    }

    private static ObjectValue Source(ObjectValue spec)
    {
        var source = new ObjectValue();
        foreach (var (name, value) in spec)
        {
            if (value is ObjectValue && name is not ("capacity" or "claimRef" or "nodeAffinity"))
                source[name] = value;
        }

        return source;
    }
}
