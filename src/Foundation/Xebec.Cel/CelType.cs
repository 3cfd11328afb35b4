using Xebec.ApiMachinery.Schema;

namespace Xebec.Cel;

/// <summary>
/// A type of the language. Types are equal by structure; size hints and list semantics, which only evaluation and cost estimates read,
/// do not count.
/// </summary>
public class CelType
{
    /// <summary>Anything.</summary>
    public static readonly CelType Dyn = new(CelTypeKind.Dyn, "dyn");

    /// <summary>null.</summary>
    public static readonly CelType Null = new(CelTypeKind.Null, "null");

    /// <summary>bool.</summary>
    public static readonly CelType Bool = new(CelTypeKind.Bool, "bool");

    /// <summary>int, 64 bits.</summary>
    public static readonly CelType Int = new(CelTypeKind.Int, "int");

    /// <summary>uint, 64 bits.</summary>
    public static readonly CelType Uint = new(CelTypeKind.Uint, "uint");

    /// <summary>double.</summary>
    public static readonly CelType Double = new(CelTypeKind.Double, "double");

    /// <summary>string.</summary>
    public static readonly CelType String = new(CelTypeKind.String, "string");

    /// <summary>bytes; base64 in JSON.</summary>
    public static readonly CelType Bytes = new(CelTypeKind.Bytes, "bytes");

    /// <summary>google.protobuf.Timestamp; RFC 3339 (or a date) in JSON.</summary>
    public static readonly CelType Timestamp = new(CelTypeKind.Timestamp, "google.protobuf.Timestamp");

    /// <summary>google.protobuf.Duration; a Go duration in JSON.</summary>
    public static readonly CelType Duration = new(CelTypeKind.Duration, "google.protobuf.Duration");

    /// <summary>The type of types.</summary>
    public static readonly CelType Type = new(CelTypeKind.Type, "type");

    /// <summary>The type of the variable <c>authorizer</c>, see <see cref="Values.CelValue.Authorizer"/>.</summary>
    public static CelType Authorizer => Libraries.LibraryTypes.Authorizer;

    /// <summary>The type of the variable <c>authorizer.requestResource</c>, see <see cref="Values.CelValue.ResourceCheck"/>.</summary>
    public static CelType ResourceCheck => Libraries.LibraryTypes.ResourceCheck;

    internal static readonly CelType Error = new(CelTypeKind.Error, "*error*");

    private protected CelType(CelTypeKind kind, string name, params IReadOnlyList<CelType> parameters)
    {
        Kind = kind;
        Name = name;
        Parameters = parameters;
    }

    /// <summary>Which kind.</summary>
    public CelTypeKind Kind { get; }

    /// <summary>Its name without parameters, what type() prints.</summary>
    public string Name { get; }

    /// <summary>Item type, key and value type, optional's type, function parameter types.</summary>
    public IReadOnlyList<CelType> Parameters { get; }

    /// <summary>The most characters, bytes, items or members a value may have (maxLength, maxItems, maxProperties); null when unknown.</summary>
    public long? MaxSize { get; private init; }

    /// <summary>For lists: x-kubernetes-list-type, which decides equality and +.</summary>
    public ListType ListType { get; private init; }

    /// <summary>For <see cref="Xebec.ApiMachinery.Schema.ListType.Map"/>: x-kubernetes-list-map-keys.</summary>
    public IReadOnlyList<string> ListMapKeys { get; private init; } = [];

    /// <summary>A list.</summary>
    public static CelType List(CelType item, ListType listType = ListType.Atomic, IReadOnlyList<string>? listMapKeys = null) =>
        new(CelTypeKind.List, "list", item) { ListType = listType, ListMapKeys = listMapKeys ?? [] };

    /// <summary>A map.</summary>
    public static CelType Map(CelType key, CelType value) => new(CelTypeKind.Map, "map", key, value);

    /// <summary>An optional value.</summary>
    public static CelType Optional(CelType value) => new(CelTypeKind.Optional, "optional_type", value);

    /// <summary>A library's own type.</summary>
    internal static CelType Opaque(string name, params IReadOnlyList<CelType> parameters) => new(CelTypeKind.Opaque, name, parameters);

    internal static CelType Parameter(string name) => new(CelTypeKind.Parameter, name);

    internal static CelType TypeOf(CelType type) => new(CelTypeKind.Type, "type", type);

    /// <summary>The same scalar, list or map type with the most characters, items or members it may have.</summary>
    public CelType WithMaxSize(long? maxSize) =>
        new(Kind, Name, Parameters) { MaxSize = maxSize, ListType = ListType, ListMapKeys = ListMapKeys };

    internal CelType WithParameters(IReadOnlyList<CelType> parameters) =>
        new(Kind, Name, parameters) { MaxSize = MaxSize, ListType = ListType, ListMapKeys = ListMapKeys };

    /// <summary>The type as error messages print it, for example <c>map(string, list(int))</c>.</summary>
    public override string ToString() => Kind switch
    {
        CelTypeKind.Timestamp => "timestamp",
        CelTypeKind.Duration => "duration",
        _ when Parameters.Count == 0 => Name,
        _ => $"{Name}({string.Join(", ", Parameters)})",
    };
}
