using Xebec.ApiMachinery.Names;

namespace Xebec.Api.Rules.Validation;

/// <summary>The forms of texts that rules files name: <c>format=</c> of a field and <c>name=</c> of a kind.</summary>
internal static class Formats
{
    private static readonly Dictionary<string, Func<string, IReadOnlyList<string>>> Table = new(StringComparer.Ordinal)
    {
        ["dns1123label"] = NameRules.DnsLabel,
        ["dns1123subdomain"] = NameRules.DnsSubdomain,
        ["dns1035label"] = NameRules.Dns1035Label,
        ["pathsegment"] = NameRules.PathSegment,
        ["qualifiedname"] = NameRules.QualifiedName,
        ["labelvalue"] = NameRules.LabelValue,
        ["configmapkey"] = NameRules.ConfigMapKey,
        ["envvar"] = NameRules.EnvironmentVariable,
        ["portname"] = PortRules.Name,
        ["httpheader"] = NameRules.HttpHeader,
        ["cidentifier"] = NameRules.CIdentifier,
        ["ip"] = AddressRules.Ip,
        ["cidr"] = AddressRules.Cidr,
        ["relativepath"] = PathRules.Relative,
        ["freepath"] = PathRules.RelativeAndFree,
        ["csidriver"] = name => NameRules.DnsSubdomain(name.ToLowerInvariant()),
        ["sysctl"] = SysctlRules.Name,
        ["canonicalip"] = CanonicalAddresses.Ip,
        ["canonicalcidr"] = CanonicalAddresses.Cidr,
        ["lowerqualifiedname"] = text => NameRules.QualifiedName(text.ToLowerInvariant()),
        ["any"] = _ => [],
    };

    /// <summary>The rule of a format, null when there is no such format.</summary>
    public static Func<string, IReadOnlyList<string>>? Find(string name) => Table.GetValueOrDefault(name);
}
