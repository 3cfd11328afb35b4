using System.Net;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Networking;

/// <summary>NetworkPolicies.</summary>
internal static class NetworkPolicyRules
{
    public static void Default(ObjectValue spec)
    {
        if (!spec["policyTypes"].IsZero())
            return;
        var types = new ListValue { "Ingress" };
        if (!spec["egress"].IsZero())
            types.Add("Egress");
        spec["policyTypes"] = types;
    }

    public static void Check(ObjectValue spec, CheckContext context)
    {
        if (spec.GetList("policyTypes") is { Count: > 2 } types)
            context.Invalid("policyTypes", types, "may not specify more than two policyTypes");
    }

    public static void CheckPort(ObjectValue port, CheckContext context)
    {
        if (port["endPort"]?.AsInt64() is not { } end)
            return;
        if (port["port"].IsAbsent())
            context.Invalid("endPort", end, "may not be specified when `port` is not specified");
        else if (port["port"]?.AsInt64() is not { } start)
            context.Invalid("endPort", end, "may not be specified when `port` is non-numeric");
        else if (end < start)
            context.Invalid("endPort", end, "must be greater than or equal to `port`");
    }

    public static void CheckPeer(ObjectValue peer, CheckContext context)
    {
        var selects = !peer["podSelector"].IsAbsent() || !peer["namespaceSelector"].IsAbsent();
        var block = peer.GetObject("ipBlock");
        if (!selects && block is null)
            context.Add(FieldError.Required(context.Here, "must specify a peer"));
        else if (selects && block is not null)
            context.Add(FieldError.Forbidden(context.Here, "may not specify both ipBlock and another peer"));
    }

    public static void CheckBlock(ObjectValue block, CheckContext context)
    {
        if (!IPNetwork.TryParse(block.GetString("cidr") ?? "", out var network))
            return;
        var except = block.GetList("except");
        for (var i = 0; i < (except?.Count ?? 0); i++)
        {
            var text = except![i].AsString() ?? "";
            if (AddressRules.Cidr(text).Count > 0 || !IPNetwork.TryParse(text, out var inner))
                continue;
            if (inner.PrefixLength <= network.PrefixLength || !network.Contains(inner.BaseAddress))
                context.Add(FieldError.Invalid(context.At("except").Index(i), text, "must be a strict subset of `cidr`"));
        }
    }
}
