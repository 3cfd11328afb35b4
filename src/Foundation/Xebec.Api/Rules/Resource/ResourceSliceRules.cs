using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Resource;

/// <summary>ResourceSlices: the devices of a pool, and the nodes that reach them.</summary>
internal static class ResourceSliceRules
{
    private const int MostDevices = 128;
    private const int MostAdvancedDevices = 64;
    private const int MostCounterSets = 8;
    private const string True = "must be either unset or set to true";

    private const string OneOf = "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required";

    public static void Check(ObjectValue spec, CheckContext context)
    {
        DomainRules.CheckDriver(context.At("driver"), spec.GetString("driver") ?? "", context);
        var pool = spec.GetObject("pool") ?? [];
        DeviceNames.CheckPool(context.At("pool").Child("name"), pool.GetString("name") ?? "", context);
        if (pool["generation"]?.AsInt64() is { } generation and < 0)
            context.Add(FieldError.Invalid(context.At("pool").Child("generation"), generation, "must be greater than or equal to zero"));
        CheckNodes(spec, context);
        if (spec.GetList("sharedCounters") is not null && spec.GetList("devices") is not null)
            context.Add(FieldError.Invalid(context.Here, "", "only one of `sharedCounters` or `devices` is allowed"));
        CheckDevices(spec, context);
        CheckCounterSets(spec.GetList("sharedCounters") ?? [], context.At("sharedCounters"), context);
    }

    private static void CheckNodes(ObjectValue spec, CheckContext context)
    {
        var set = new List<string>();
        if (spec.GetString("nodeName") is { Length: > 0 } name)
        {
            set.Add("`nodeName`");
            context.AddInvalid(context.At("nodeName"), name, NameRules.DnsSubdomain(name));
        }
        else if (spec.GetString("nodeName") is not null)
        {
            context.Invalid("nodeName", "", "must be either unset or set to a non-empty string");
        }

        if (spec.GetObject("nodeSelector") is { } selector)
        {
            set.Add("`nodeSelector`");
            var terms = selector.GetList("nodeSelectorTerms") ?? [];
            if (terms.Count != 1)
                context.Add(FieldError.Invalid(context.At("nodeSelector").Child("nodeSelectorTerms"), terms, "must have exactly one node selector term"));
        }

        foreach (var field in new[] { "allNodes", "perDeviceNodeSelection" })
        {
            if (spec[field]?.AsBool() == true)
                set.Add($"`{field}`");
            else if (spec[field]?.AsBool() == false)
                context.Invalid(field, false, True);
        }

        if (set.Count == 0)
            context.Add(FieldError.Required(context.Here, OneOf));
        else if (set.Count > 1)
            context.Add(FieldError.Invalid(context.Here, $"{{{string.Join(", ", set)}}}", $"{OneOf}, but multiple fields are set"));
    }

    private static void CheckDevices(ObjectValue spec, CheckContext context)
    {
        var (devices, path) = (spec.GetList("devices") ?? [], context.At("devices"));
        var isAdvanced = devices.Any(d => d.AsObject() is { } o && !(o["taints"].IsZero() && o["consumesCounters"].IsZero()));
        var most = isAdvanced ? MostAdvancedDevices : MostDevices;
        if (devices.Count > most)
        {
            context.Add(FieldError.TooMany(path, devices.Count, most));
            return;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < devices.Count; i++)
        {
            var device = devices[i].AsObject() ?? [];
            DeviceRules.Check(device, spec["perDeviceNodeSelection"]?.AsBool() == true, path.Index(i), context);
            if (!names.Add(device.GetString("name") ?? ""))
                context.Add(FieldError.Duplicate(path.Index(i), device["name"] ?? ""));
        }
    }

    private static void CheckCounterSets(ListValue sets, FieldPath path, CheckContext context)
    {
        if (sets.Count > MostCounterSets)
        {
            context.Add(FieldError.TooMany(path, sets.Count, MostCounterSets));
            return;
        }

        for (var i = 0; i < sets.Count; i++)
        {
            var set = sets[i].AsObject() ?? [];
            DeviceRules.CheckCounters(set, "name", path.Index(i), context);
            if (sets.Take(i).Any(s => s.AsObject()?.GetString("name") == set.GetString("name")))
                context.Add(FieldError.Duplicate(path.Index(i), set["name"] ?? ""));
        }
    }
}
