using System.Net;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Endpoints.</summary>
internal static class EndpointsRules
{
    public static void Check(ObjectValue subset, CheckContext context)
    {
        if (subset["addresses"].IsZero() && subset["notReadyAddresses"].IsZero())
            context.Add(FieldError.Required(context.Here, "must specify `addresses` or `notReadyAddresses`"));
        var ports = subset.GetList("ports");
        for (var i = 0; i < (ports?.Count ?? 0); i++)
        {
            if (ports!.Count > 1 && ports[i].AsObject()?["name"].IsZero() != false)
                context.Add(FieldError.Required(context.At("ports").Index(i).Child("name")));
        }
    }

    public static void CheckAddress(ObjectValue address, CheckContext context)
    {
        if (address.GetString("ip") is { } text && AddressRules.TryParseIp(text, out var ip) && Objection(ip) is { } message)
            context.Invalid("ip", text, message);
    }

    /// <summary>Why an address cannot be another machine's; null when it can.</summary>
    public static string? Objection(IPAddress ip) => ip switch
    {
        _ when ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any) => $"may not be unspecified ({ip})",
        _ when IPAddress.IsLoopback(ip) => "may not be in the loopback range (127.0.0.0/8, ::1/128)",
        { IsIPv6LinkLocal: true } => "may not be in the link-local range (169.254.0.0/16, fe80::/10)",
        _ when ip.GetAddressBytes() is [169, 254, _, _] => "may not be in the link-local range (169.254.0.0/16, fe80::/10)",
        _ when ip.GetAddressBytes() is [224, 0, 0, _] => "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)",
        _ => null,
    };
}
