namespace Xebec.Cel.Libraries;

/// <summary>The types that libraries bring, by the names upstream gives them.</summary>
internal static class LibraryTypes
{
    public static readonly CelType Quantity = CelType.Opaque("kubernetes.Quantity");
    public static readonly CelType Url = CelType.Opaque("kubernetes.URL");
    public static readonly CelType Semver = CelType.Opaque("kubernetes.Semver");
    public static readonly CelType Format = CelType.Opaque("kubernetes.NamedFormat");
    public static readonly CelType Ip = CelType.Opaque("net.IP");
    public static readonly CelType Cidr = CelType.Opaque("net.CIDR");
    public static readonly CelType Authorizer = CelType.Opaque("kubernetes.authorization.Authorizer");
    public static readonly CelType PathCheck = CelType.Opaque("kubernetes.authorization.PathCheck");
    public static readonly CelType GroupCheck = CelType.Opaque("kubernetes.authorization.GroupCheck");
    public static readonly CelType ResourceCheck = CelType.Opaque("kubernetes.authorization.ResourceCheck");
    public static readonly CelType Decision = CelType.Opaque("kubernetes.authorization.Decision");

    /// <summary>A parameter of generic functions.</summary>
    public static readonly CelType A = CelType.Parameter("A");

    /// <summary>Another one.</summary>
    public static readonly CelType B = CelType.Parameter("B");

    public static readonly CelType ListOfA = CelType.List(A);
    public static readonly CelType MapOfAToB = CelType.Map(A, B);
    public static readonly CelType OptionalOfA = CelType.Optional(A);
    public static readonly CelType ListOfStrings = CelType.List(CelType.String);
}
