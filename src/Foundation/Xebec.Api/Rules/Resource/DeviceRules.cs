using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Resource;

/// <summary>One device of a slice: what it is, what it has and takes, and where it is reached.</summary>
internal static class DeviceRules
{
    private const int MostProperties = 32;
    private const int MostTaints = 16;
    private const int MostConsumptions = 2;
    private const int MostCounters = 32;
    private const int MostConditions = 4;

    private const string OneNode = "exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to true "
        + "in the ResourceSlice spec";

    private const string NoNode = "`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the "
        + "ResourceSlice spec";

    private static readonly string[] Effects = ["NoExecute", "NoSchedule", "None"];
    private static readonly string[] NodeFields = ["nodeName", "nodeSelector", "allNodes"];

    public static void Check(ObjectValue device, bool choosesNodes, FieldPath path, CheckContext context)
    {
        var name = device.GetString("name") ?? "";
        context.AddInvalid(path.Child("name"), name, NameRules.DnsLabel(name));
        var (attributes, capacity) = (device.GetObject("attributes") ?? [], device.GetObject("capacity") ?? []);
        if (attributes.Count + capacity.Count > MostProperties)
        {
            var message = $"the total number of attributes and capacities must not exceed {MostProperties}";
            context.Add(FieldError.Invalid(path, (long)(attributes.Count + capacity.Count), message));
        }

        DevicePropertyRules.CheckAttributes(attributes, path.Child("attributes"), context);
        DevicePropertyRules.CheckCapacity(capacity, device["allowMultipleAllocations"]?.AsBool() == true, path.Child("capacity"), context);
        CheckTaints(device.GetList("taints") ?? [], path.Child("taints"), context);
        CheckConsumption(device.GetList("consumesCounters") ?? [], path.Child("consumesCounters"), context);
        CheckNodes(device, choosesNodes, path, context);
        CheckBindingConditions(device, path, context);
    }

    /// <summary>Counters by name, and the name they go by together.</summary>
    public static void CheckCounters(ObjectValue set, string nameField, FieldPath path, CheckContext context)
    {
        if (set.GetString(nameField) is { Length: > 0 } name)
            context.AddInvalid(path.Child(nameField), name, NameRules.DnsLabel(name));
        else
            context.Add(FieldError.Required(path.Child(nameField)));
        var counters = set.GetObject("counters") ?? [];
        if (counters.Count == 0)
            context.Add(FieldError.Required(path.Child("counters")));
        else if (counters.Count > MostCounters)
            context.Add(FieldError.TooMany(path.Child("counters"), counters.Count, MostCounters));
        foreach (var (counter, _) in counters)
            context.AddInvalid(path.Child("counters"), counter, NameRules.DnsLabel(counter));
    }

    /// <summary>What must be, and must not be, before a pod is bound: both or neither, and no condition twice.</summary>
    public static void CheckBindingConditions(ObjectValue device, FieldPath path, CheckContext context)
    {
        var (wanted, failed) = (device.GetList("bindingConditions") ?? [], device.GetList("bindingFailureConditions") ?? []);
        CheckConditions(wanted, path.Child("bindingConditions"), context);
        CheckConditions(failed, path.Child("bindingFailureConditions"), context);
        for (var i = 0; i < failed.Count; i++)
        {
            if (wanted.Any(w => w.DeepEquals(failed[i])))
            {
                const string Overlap = "bindingFailureConditions must not overlap with bindingConditions";
                context.Add(FieldError.Invalid(path.Child("bindingFailureConditions").Index(i), failed[i], Overlap));
            }
        }

        if (wanted.Count == 0 && failed.Count > 0)
            context.Add(FieldError.Invalid(path.Child("bindingConditions"), wanted, "bindingConditions are required to use bindingFailureConditions"));
        if (failed.Count == 0 && wanted.Count > 0)
            context.Add(FieldError.Invalid(path.Child("bindingFailureConditions"), failed, "bindingFailureConditions are required to use bindingConditions"));
    }

    private static void CheckConditions(ListValue conditions, FieldPath path, CheckContext context)
    {
        if (conditions.Count > MostConditions)
            context.Add(FieldError.TooMany(path, conditions.Count, MostConditions));
        for (var i = 0; i < conditions.Count; i++)
        {
            context.AddInvalid(path.Index(i), conditions[i], NameRules.QualifiedName(conditions[i].AsString() ?? ""));
            if (conditions.Take(i).Any(c => c.DeepEquals(conditions[i])))
                context.Add(FieldError.Duplicate(path.Index(i), conditions[i]));
        }
    }

    private static void CheckTaints(ListValue taints, FieldPath path, CheckContext context)
    {
        if (taints.Count > MostTaints)
        {
            context.Add(FieldError.TooMany(path, taints.Count, MostTaints));
            return;
        }

        for (var i = 0; i < taints.Count; i++)
        {
            var taint = taints[i].AsObject() ?? [];
            var (key, value, effect) = (taint.GetString("key") ?? "", taint.GetString("value") ?? "", taint.GetString("effect") ?? "");
            context.AddInvalid(path.Index(i).Child("key"), key, NameRules.QualifiedName(key));
            context.AddInvalid(path.Index(i).Child("value"), value, NameRules.LabelValue(value));
            if (effect.Length == 0)
                context.Add(FieldError.Required(path.Index(i).Child("effect")));
            else if (Array.IndexOf(Effects, effect) < 0)
                context.Add(FieldError.NotSupported(path.Index(i).Child("effect"), effect, Effects));
        }
    }

    private static void CheckConsumption(ListValue consumption, FieldPath path, CheckContext context)
    {
        if (consumption.Count > MostConsumptions)
        {
            context.Add(FieldError.TooMany(path, consumption.Count, MostConsumptions));
            return;
        }

        for (var i = 0; i < consumption.Count; i++)
        {
            var set = consumption[i].AsObject() ?? [];
            CheckCounters(set, "counterSet", path.Index(i), context);
            if (consumption.Take(i).Any(c => c.AsObject()?.GetString("counterSet") == set.GetString("counterSet")))
                context.Add(FieldError.Duplicate(path.Index(i), set["counterSet"] ?? ""));
        }
    }

    private static void CheckNodes(ObjectValue device, bool chooses, FieldPath path, CheckContext context)
    {
        var given = NodeFields.Where(f => !device[f].IsAbsent()).ToArray();
        if (!chooses)
        {
            if (given.Length > 0)
                context.Add(FieldError.Invalid(path, null, NoNode));
            return;
        }

        if (device.GetString("nodeName") is { } name)
            context.AddInvalid(path.Child("nodeName"), name, name.Length == 0 ? ["must not be empty"] : NameRules.DnsSubdomain(name));
        if (device["allNodes"]?.AsBool() == false)
            context.Add(FieldError.Invalid(path.Child("allNodes"), false, "must be either unset or set to true"));
        var set = given.Where(f => !device[f].IsZero() || f == "nodeSelector").Select(f => $"`{f}`").ToArray();
        if (set.Length == 0)
            context.Add(FieldError.Required(path, OneNode));
        else if (set.Length > 1)
            context.Add(FieldError.Invalid(path, $"{{{string.Join(", ", set)}}}", OneNode));
    }
}
