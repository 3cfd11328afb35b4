using System.Net.Sockets;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Warnings;

/// <summary>Addresses that are valid and not in the form everybody writes them in.</summary>
internal static class AddressWarnings
{
    public static void ReportIps(ListValue? addresses, FieldPath path, Action<string> warn)
    {
        for (var i = 0; i < (addresses?.Count ?? 0); i++)
            ReportIp(addresses![i].AsString() ?? "", path.Index(i), warn);
    }

    public static void ReportIp(string text, FieldPath path, Action<string> warn)
    {
        if (!AddressRules.TryParseIp(text, out var address) || address.AddressFamily != AddressFamily.InterNetworkV6)
            return;
        if (address.IsIPv4MappedToIPv6)
        {
            warn($"{path}: non-standard IP address {GoText.Quote(text)} will be considered invalid in a future Kubernetes release: "
                + $"use {GoText.Quote(address.MapToIPv4().ToString())}");
        }
        else if (address.ToString() is var canonical && canonical != text)
        {
            warn($"{path}: IPv6 address {GoText.Quote(text)} should be in RFC 5952 canonical format ({GoText.Quote(canonical)})");
        }
    }
}
