using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Nodes.</summary>
internal static class NodeRules
{
    private static readonly string[] Effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

    public static void Default(ObjectValue status)
    {
        if (status["allocatable"].IsAbsent() && status.GetObject("capacity") is { } capacity)
            status["allocatable"] = capacity.DeepClone();
    }

    /// <summary>The walk stands on the node; upstream's paths of taints are below metadata.</summary>
    public static void Check(ObjectValue node, CheckContext context)
    {
        var spec = node.GetObject("spec") ?? [];
        context.Enter("metadata");
        CheckTaints(spec.GetList("taints"), context);
        context.Leave();
        CheckAmounts(node.GetObject("status") ?? [], context);
    }

    /// <summary>The blocks of a new node's pods: one of each family.</summary>
    public static void CheckCreate(ObjectValue node, CheckContext context)
    {
        if (node.GetObject("spec")?.GetList("podCIDRs") is not { Count: > 0 } blocks)
            return;
        context.Enter("spec");
        var texts = blocks.Select(b => b.AsString() ?? "").ToArray();
        for (var i = 0; i < texts.Length; i++)
        {
            if (AddressRules.Cidr(texts[i]) is { Count: > 0 } messages)
                context.AddInvalid(context.At("podCIDRs").Index(i), texts[i], messages);
        }

        if (texts.Length > 1 && !AddressFamilies.IsPair(texts))
            context.Invalid("podCIDRs", blocks, "may specify no more than one CIDR for each IP family");
        context.Leave();
    }

    public static void CheckUpdate(ObjectValue updated, ObjectValue stored, string subresource, CheckContext context)
    {
        var (spec, before) = (updated.GetObject("spec") ?? [], stored.GetObject("spec") ?? []);
        context.Enter("spec");
        CheckSetOnce(spec, before, "podCIDRs", "node updates may not change podCIDR except from \"\" to valid", context);
        CheckSetOnce(spec, before, "providerID", "node updates may not change providerID except from \"\" to valid", context);
        if (!ValueZero.SameOrBothZero(spec["externalID"], before["externalID"]))
            context.Forbidden("externalID", "may not be updated");
        context.Leave();
    }

    /// <summary>A status write is checked as an update of the node is.</summary>
    public static void CheckStatus(ObjectValue updated, ObjectValue stored, CheckContext context)
    {
        CheckAmounts(updated.GetObject("status") ?? [], context);
        var addresses = updated.GetObject("status")?.GetList("addresses") ?? [];
        for (var i = 1; i < addresses.Count; i++)
        {
            if (addresses.Take(i).Any(addresses[i].DeepEquals))
                context.Add(FieldError.Duplicate(context.At("status").Child("addresses").Index(i), ShownAddress(addresses[i].AsObject() ?? [])));
        }
    }

    private static void CheckAmounts(ObjectValue status, CheckContext context)
    {
        foreach (var field in new[] { "capacity", "allocatable" })
        {
            foreach (var (name, amount) in status.GetObject(field) ?? [])
                ResourceAmounts.CheckAmount(name, amount, () => context.At("status").Child(field, name), context);
        }
    }

    private static void CheckTaints(ListValue? taints, CheckContext context)
    {
        for (var i = 0; i < (taints?.Count ?? 0); i++)
        {
            if (taints![i] is not ObjectValue taint)
                continue;
            context.Enter("taints");
            context.EnterItem(i);
            CheckTaint(taint, context);
            if (taints.Take(i).Any(t => IsSame(t, taint)))
                context.Add(FieldError.Duplicate(context.Here, Shown(taint), "taints must be unique by key and effect pair"));
            context.Leave();
            context.Leave();
        }
    }

    private static void CheckTaint(ObjectValue taint, CheckContext context)
    {
        var (key, value, effect) = (taint.GetString("key") ?? "", taint.GetString("value") ?? "", taint.GetString("effect") ?? "");
        context.CheckText("key", key, NameRules.QualifiedName(key));
        if (NameRules.LabelValue(value) is { Count: > 0 } messages)
            context.Invalid("value", value, string.Join(";", messages));
        if (effect.Length == 0)
            context.Required("effect");
        else if (Array.IndexOf(Effects, effect) < 0)
            context.NotSupported("effect", effect, Effects);
    }

    private static void CheckSetOnce(ObjectValue spec, ObjectValue before, string field, string message, CheckContext context)
    {
        if (!before[field].IsZero() && !ValueZero.SameOrBothZero(spec[field], before[field]))
            context.Forbidden(field, message);
    }

    private static bool IsSame(Value other, ObjectValue taint) =>
        other is ObjectValue o && o.GetString("key") == taint.GetString("key") && o.GetString("effect") == taint.GetString("effect");

    // Upstream shows its internal form.
    private static ObjectValue Shown(ObjectValue taint) => new()
    {
        { "Key", taint["key"] ?? "" },
        { "Value", taint["value"] ?? "" },
        { "Effect", taint["effect"] ?? "" },
        { "TimeAdded", taint["timeAdded"] ?? Value.Null },
    };

    private static ObjectValue ShownAddress(ObjectValue address) =>
        new() { { "Type", address["type"] ?? "" }, { "Address", address["address"] ?? "" } };
}
