using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>What a write of a pod's status may say and change.</summary>
internal static class PodStatusRules
{
    private static readonly string[] OwnConditions = ["PodScheduled", "Ready", "Initialized"];

    public static void Check(ObjectValue updated, ObjectValue stored, CheckContext context)
    {
        PodUpdateRules.CheckAnnotations(updated, stored, context);
        var (status, before) = (updated.GetObject("status") ?? [], stored.GetObject("status") ?? []);
        var spec = stored.GetObject("spec") ?? [];
        context.Enter("status");
        CheckConditions(status.GetList("conditions"), context);
        CheckNode(status, before, spec, context);
        CheckNotNegative(status, "observedGeneration", context);
        if (!ValueZero.SameOrBothZero(status["qosClass"], before["qosClass"]))
            context.Invalid("qosClass", status["qosClass"] ?? "", "field is immutable");
        ContainerStatusRules.Check(status, before, spec, context);
        CheckClaims(status.GetList("resourceClaimStatuses"), spec.GetList("resourceClaims"), context);
        CheckAddresses(status, "podIPs", context);
        CheckHostAddress(status, context);
        CheckAddresses(status, "hostIPs", context);
        context.Leave();
    }

    private static void CheckConditions(ListValue? conditions, CheckContext context)
    {
        for (var i = 0; i < (conditions?.Count ?? 0); i++)
        {
            var type = conditions![i].AsObject()?.GetString("type") ?? "";
            context.Enter("conditions");
            context.EnterItem(i);
            CheckNotNegative(conditions[i].AsObject() ?? [], "observedGeneration", context);
            if (Array.IndexOf(OwnConditions, type) < 0)
                context.CheckText("Type", type, NameRules.QualifiedName(type));
            context.Leave();
            context.Leave();
        }
    }

    private static void CheckNotNegative(ObjectValue owner, string field, CheckContext context)
    {
        if (owner[field]?.AsInt64() is < 0)
            context.Invalid(field, owner[field], "must be a non-negative integer");
    }

    private static void CheckNode(ObjectValue status, ObjectValue before, ObjectValue spec, CheckContext context)
    {
        var nominated = status.GetString("nominatedNodeName") ?? "";
        if (nominated.Length == 0 || nominated == before.GetString("nominatedNodeName"))
            return;
        context.CheckText("nominatedNodeName", nominated, NameRules.DnsSubdomain(nominated));
        if (!spec["nodeName"].IsZero())
            context.Forbidden("nominatedNodeName", "may not be set on pods that are already bound to a node");
    }

    private static void CheckClaims(ListValue? statuses, ListValue? claims, CheckContext context)
    {
        for (var i = 0; i < (statuses?.Count ?? 0); i++)
        {
            var name = statuses![i].AsObject()?.GetString("name") ?? "";
            var path = context.At("resourceClaimStatuses").Index(i);
            if (claims?.Any(c => c.AsObject()?.GetString("name") == name) != true)
                context.Add(FieldError.Invalid(path.Child("name"), name, "must match the name of an entry in `spec.resourceClaims`"));
            if (statuses.Take(i).Any(s => s.AsObject()?.GetString("name") == name))
                context.Add(FieldError.Duplicate(path.Child("name"), name));
            if (statuses[i].AsObject()?.GetString("resourceClaimName") is { } claim)
                context.AddInvalid(path.Child("resourceClaimName"), claim, NameRules.DnsSubdomain(claim));
        }
    }

    private static void CheckHostAddress(ObjectValue status, CheckContext context)
    {
        if (status.GetList("hostIPs") is not { Count: > 0 } addresses)
            return;
        var first = addresses[0].AsObject()?.GetString("ip") ?? "";
        if (first != (status.GetString("hostIP") ?? ""))
            context.Add(FieldError.Invalid(context.At("hostIPs").Index(0).Child("ip"), first, "must be equal to `hostIP`"));
    }

    // At most one address of each family.
    private static void CheckAddresses(ObjectValue status, string field, CheckContext context)
    {
        if (status.GetList(field) is not { Count: > 0 } addresses)
            return;
        var texts = addresses.Select(a => a.AsObject()?.GetString("ip") ?? "").ToArray();
        for (var i = 0; i < texts.Length; i++)
        {
            if (AddressRules.Ip(texts[i]) is { Count: > 0 } messages)
                context.AddInvalid(context.At(field).Index(i), texts[i], messages);
        }

        if (texts.Length > 1 && !AddressFamilies.IsPair(texts))
            context.Invalid(field, Shown(addresses), "may specify no more than one IP for each IP family");
    }

    // Upstream shows its internal form.
    private static ListValue Shown(ListValue addresses) =>
        new(addresses.Select(a => new ObjectValue { { "IP", a.AsObject()?["ip"] ?? "" } }));
}
