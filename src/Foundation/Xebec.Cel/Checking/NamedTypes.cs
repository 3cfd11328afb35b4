namespace Xebec.Cel.Checking;

/// <summary>The types that expressions can name.</summary>
internal static class NamedTypes
{
    private static readonly Dictionary<string, CelType> Known = new(StringComparer.Ordinal)
    {
        ["bool"] = CelType.Bool,
        ["int"] = CelType.Int,
        ["uint"] = CelType.Uint,
        ["double"] = CelType.Double,
        ["string"] = CelType.String,
        ["bytes"] = CelType.Bytes,
        ["list"] = CelType.List(CelType.Dyn),
        ["map"] = CelType.Map(CelType.Dyn, CelType.Dyn),
        ["null_type"] = CelType.Null,
        ["type"] = CelType.Type,
        ["dyn"] = CelType.Dyn,
        ["optional_type"] = CelType.Optional(CelType.Dyn),
        ["google.protobuf.Timestamp"] = CelType.Timestamp,
        ["google.protobuf.Duration"] = CelType.Duration,
        ["kubernetes.Quantity"] = Libraries.LibraryTypes.Quantity,
        ["kubernetes.URL"] = Libraries.LibraryTypes.Url,
        ["kubernetes.Semver"] = Libraries.LibraryTypes.Semver,
        ["kubernetes.NamedFormat"] = Libraries.LibraryTypes.Format,
        ["net.IP"] = Libraries.LibraryTypes.Ip,
        ["net.CIDR"] = Libraries.LibraryTypes.Cidr,
    };

    public static CelType? Find(string name) => Known.GetValueOrDefault(name);
}
