using System.Net;
using System.Net.Sockets;
using Xebec.ApiMachinery.Names;

namespace Xebec.Api.Rules.Validation;

/// <summary>Addresses and blocks in the one form that stands for them, so that two texts are equal when they mean the same.</summary>
internal static class CanonicalAddresses
{
    /// <summary>An address.</summary>
    public static IReadOnlyList<string> Ip(string text) => AddressRules.Ip(text) is { Count: > 0 } problems ? problems : Form(text, IPAddress.Parse(text));

    /// <summary>A block: no bits of its address are set beyond its prefix.</summary>
    public static IReadOnlyList<string> Cidr(string text) => AddressRules.Cidr(text) is { Count: > 0 } problems ? problems : Form(text, IPNetwork.Parse(text));

    /// <summary>Whether a block is of IPv6; null when it is none.</summary>
    public static bool? IsIPv6(string cidr) => AddressRules.Cidr(cidr).Count > 0
        ? null
        : IPAddress.Parse(cidr.AsSpan(0, cidr.IndexOf('/', StringComparison.Ordinal))).AddressFamily == AddressFamily.InterNetworkV6;

    private static string[] Form<T>(string text, T parsed)
        where T : notnull => parsed.ToString() is var canonical && text == canonical ? [] : [$"must be in canonical form (\"{canonical}\")"];
}
