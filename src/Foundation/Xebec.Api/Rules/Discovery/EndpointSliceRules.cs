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
            var endpoint = endpoints![i].AsObject() ?? [];
            var path = context.At("endpoints").Index(i);
            CheckAddresses(endpoint.GetList("addresses") ?? [], type, path.Child("addresses"), context);
            if (endpoint.GetObject("hints") is { } hints)
                EndpointHintRules.Check(hints, path.Child("hints"), context);
            if (endpoint.GetObject("deprecatedTopology") is { } topology)
                EndpointHintRules.CheckTopology(topology, path.Child("deprecatedTopology"), context);
        }

        CheckPortNames(slice.GetList("ports"), context);
    }

    private static void CheckAddresses(ListValue addresses, string? type, FieldPath path, CheckContext context)
    {
        for (var i = 0; i < addresses.Count; i++)
        {
            var address = addresses[i].AsString() ?? "";
            if (type == "FQDN")
                DomainRules.CheckFullyQualified(path.Index(i), address, context);
            else if (Objection(type, address) is { } message)
                context.Add(FieldError.Invalid(path.Index(i), addresses[i], message));
        }
    }

    private static string? Objection(string? type, string address)
    {
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
        for (var i = 0; i < (ports?.Count ?? 0); i++)
        {
            var name = ports![i].AsObject()?.GetString("name") ?? "";
            if (name.Length > 0)
                context.AddInvalid(context.At("ports").Index(i).Child("name"), name, NameRules.DnsLabel(name));
            if (ports.Take(i).Any(p => (p.AsObject()?.GetString("name") ?? "") == name))
                context.Add(FieldError.Duplicate(context.At("ports").Index(i).Child("name"), name));
        }
    }
}
