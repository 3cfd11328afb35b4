using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>PersistentVolumes; claims to them are beside it.</summary>
internal static class PersistentVolumeRules
{
    private static readonly string[] AccessModes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];

    private static readonly Dictionary<string, string> NewLabels = new(StringComparer.Ordinal)
    {
        ["failure-domain.beta.kubernetes.io/zone"] = "topology.kubernetes.io/zone",
        ["failure-domain.beta.kubernetes.io/region"] = "topology.kubernetes.io/region",
        ["beta.kubernetes.io/os"] = "kubernetes.io/os",
        ["beta.kubernetes.io/arch"] = "kubernetes.io/arch",
        ["beta.kubernetes.io/instance-type"] = "node.kubernetes.io/instance-type",
    };

    public static void Check(ObjectValue spec, CheckContext context)
    {
        CheckAccessModes(spec.GetList("accessModes"), context);
        CheckCapacity(spec.GetObject("capacity") ?? [], context);
        VolumeRules.CheckOneSource(spec, context);
        CheckPath(spec, context);
        if (spec.GetObject("nodeAffinity") is { } affinity && affinity["required"].IsAbsent())
            context.Add(FieldError.Required(context.At("nodeAffinity").Child("required"), "must specify required node constraints"));
        if (spec.GetObject("local") is not null && spec["nodeAffinity"].IsAbsent())
            context.Required("nodeAffinity", "Local volume requires node affinity");
        CheckClass(spec, context);
    }

    /// <summary>Which machines may mount it, and how; upstream's paths name the list, not the item.</summary>
    public static void CheckAccessModes(ListValue? modes, CheckContext context)
    {
        var (alone, others) = (false, false);
        foreach (var mode in modes ?? [])
        {
            var known = Array.IndexOf(AccessModes, mode.AsString()) >= 0;
            if (!known)
                context.NotSupported("accessModes", mode, AccessModes);
            alone |= mode.AsString() == "ReadWriteOncePod";
            others |= known && mode.AsString() != "ReadWriteOncePod";
        }

        if (alone && others)
            context.Forbidden("accessModes", "may not use ReadWriteOncePod with other access modes");
    }

    /// <summary>What the name of the volume matters to; the walk stands on the volume.</summary>
    public static void CheckName(ObjectValue volume, CheckContext context)
    {
        if (volume.GetObject("spec")?.GetObject("iscsi") is not { } iscsi || iscsi["initiatorName"].IsAbsent())
            return;
        var (name, portal) = (volume.GetObject("metadata")?.GetString("name") ?? "", iscsi.GetString("targetPortal") ?? "");
        if (name.Length + 1 + portal.Length > IscsiRules.LongestTarget)
            context.AddInvalid(context.At("spec").Child("iscsi", "targetportal"), portal, [IscsiRules.TargetTooLong]);
    }

    public static void CheckUpdate(ObjectValue updated, ObjectValue stored, string subresource, CheckContext context)
    {
        if (updated.GetObject("spec") is not { } spec || stored.GetObject("spec") is not { } before)
            return;
        if (!Source(spec, before).DeepEquals(Source(before, before)))
        {
            var path = FieldPath.Root("spec").Child("persistentvolumesource");
            context.Add(FieldError.Forbidden(path, "spec.persistentvolumesource is immutable after creation\n"));
        }

        if (!ValueZero.SameOrBothZero(spec["volumeMode"], before["volumeMode"]))
            context.Add(FieldError.Invalid(FieldPath.Root("volumeMode"), spec["volumeMode"] ?? Value.Null, "field is immutable"));
        if (before.GetObject("nodeAffinity") is { } affinity && !SameAffinity(spec["nodeAffinity"], affinity))
        {
            const string Message = "field is immutable, except for updating from beta label to GA";
            context.Add(FieldError.Invalid(FieldPath.Root("nodeAffinity"), spec["nodeAffinity"] ?? Value.Null, Message));
        }

        if (!before["volumeAttributesClassName"].IsAbsent() && spec["volumeAttributesClassName"].IsAbsent())
        {
            var path = FieldPath.Root("spec").Child("volumeAttributesClassName");
            context.Add(FieldError.Forbidden(path, "update from non-nil value to nil is forbidden"));
        }
    }

    private static void CheckCapacity(ObjectValue capacity, CheckContext context)
    {
        if (!capacity.ContainsKey("storage") || capacity.Count > 1)
            context.NotSupported("capacity", capacity.Count == 0 ? null : capacity, ["storage"]);
        foreach (var (name, amount) in capacity)
        {
            if (!Quantity.TryParse(amount.AsString() ?? "", out var size) || size.Value > 0)
                continue;
            var path = context.At("capacity").Key(name);
            if (size.Value < 0)
                context.AddInvalid(path, size.WholeValue, ["must be a valid resource quantity"]);
            context.AddInvalid(path, size.ToString(), ["must be greater than zero"]);
        }
    }

    private static void CheckPath(ObjectValue spec, CheckContext context)
    {
        var path = spec.GetObject("hostPath")?.GetString("path");
        if (path is not null && spec.GetString("persistentVolumeReclaimPolicy") == "Recycle" && path.Split('/').All(s => s is "" or ".") && path.Length > 0)
            context.Forbidden("persistentVolumeReclaimPolicy", "may not be 'recycle' for a hostPath mount of '/'");
    }

    private static void CheckClass(ObjectValue spec, CheckContext context)
    {
        if (spec.GetString("volumeAttributesClassName") is not { } name)
            return;
        if (name.Length == 0)
            context.Required("volumeAttributesClassName", "an empty string is disallowed");
        else
            context.CheckText("volumeAttributesClassName", name, NameRules.DnsSubdomain(name));
        if (spec.GetObject("csi") is null)
            context.Required("csi", "has to be specified when using volumeAttributesClassName");
    }

    // Labels of nodes have newer names, which a stored requirement may be told.
    private static bool SameAffinity(Value? now, ObjectValue before)
    {
        if (now is not ObjectValue affinity)
            return false;
        var copy = affinity.DeepClone();
        var (renamed, old) = (NodeTerms(copy), NodeTerms(before));
        for (var i = 0; i < Math.Min(renamed.Count, old.Count); i++)
        {
            var key = old[i].GetString("key") ?? "";
            if (NewLabels.GetValueOrDefault(key) is { } newer && renamed[i].GetString("key") == newer)
                renamed[i]["key"] = key;
        }

        return copy.DeepEquals(before);
    }

    private static List<ObjectValue> NodeTerms(Value affinity) =>
        [.. (affinity.AsObject()?.GetObject("required")?.GetList("nodeSelectorTerms") ?? []).Select(t => t.AsObject() ?? [])
            .SelectMany(t => (t.GetList("matchExpressions") ?? []).Concat(t.GetList("matchFields") ?? [])).OfType<ObjectValue>()];

    // A driver's secret for growing the volume may still be named.
    private static ObjectValue Source(ObjectValue spec, ObjectValue before)
    {
        var source = new ObjectValue();
        foreach (var (name, value) in spec)
        {
            if (value is ObjectValue && name is not ("capacity" or "claimRef" or "nodeAffinity"))
                source[name] = value.DeepClone();
        }

        if (before.GetObject("csi") is { } csi && csi["controllerExpandSecretRef"].IsAbsent())
            source.GetObject("csi")?.Remove("controllerExpandSecretRef");
        return source;
    }
}
