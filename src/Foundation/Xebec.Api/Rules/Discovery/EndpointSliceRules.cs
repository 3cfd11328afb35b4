using System.Net.Sockets;
using Xebec.Api.Rules.Core;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Discovery;

/// <summary>EndpointSlices: the addresses of the endpoints are of the slice's type.</summary>
internal static class EndpointSliceRules
{
    public static void Check(ObjectValue slice, CheckContext context)
    {
        var type = slice.GetString("addressType");
        var endpoints = slice.GetList("endpoints");
        for (var i = 0; i < (endpoints?.Count ?? 0); i++)
        {
            var addresses = endpoints![i].AsObject()?.GetList("addresses");
            for (var j = 0; j < (addresses?.Count ?? 0); j++)
            {
                if (Objection(type, addresses![j].AsString() ?? "") is { } message)
                    context.Add(FieldError.Invalid(context.At("endpoints").Index(i).Child("addresses").Index(j), addresses[j], message));
            }
        }

        CheckPortNames(slice.GetList("ports"), context);
    }

    private static string? Objection(string? type, string address)
    {
        if (type == "FQDN")
            return NameRules.DnsSubdomain(address) is [var message, ..] ? message : null;
        if (!AddressRules.TryParseIp(address, out var ip))
            return AddressRules.Ip(address)[0];
        if (type == "IPv4" && ip.AddressFamily != AddressFamily.InterNetwork)
            return "must be an IPv4 address";
        if (type == "IPv6" && ip.AddressFamily != AddressFamily.InterNetworkV6)
            return "must be an IPv6 address";
        return AddressFamilies.Objection(address);
    }

    private static void CheckPortNames(ListValue? ports, CheckContext context)
    {
        for (var i = 1; i < (ports?.Count ?? 0); i++)
        {
            var name = ports![i].AsObject()?.GetString("name") ?? "";
            if (ports.Take(i).Any(p => (p.AsObject()?.GetString("name") ?? "") == name))
                context.Add(FieldError.Duplicate(context.At("ports").Index(i).Child("name"), name));
        }
    }
}
