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
            context.RequiredHere("must specify `addresses` or `notReadyAddresses`");
        var ports = subset.GetList("ports");
        for (var i = 0; i < (ports?.Count ?? 0); i++)
        {
            if (ports!.Count > 1 && ports[i].AsObject()?["name"].IsZero() != false)
                context.Add(FieldError.Required(context.At("ports").Index(i).Child("name")));
        }
    }

    public static void CheckAddress(ObjectValue address, CheckContext context)
    {
        var ip = address.GetString("ip") ?? "";
        if (AddressRules.Ip(ip) is [var bad] && bad.StartsWith("must be a valid", StringComparison.Ordinal))
            context.Invalid("ip", ip, "must be a valid IP address");
        else if (AddressFamilies.Objection(ip) is { } message)
            context.Invalid("ip", ip, message);
    }
}
