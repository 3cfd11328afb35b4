namespace Xebec.Cel;

/// <summary>The kinds of types the language knows.</summary>
public enum CelTypeKind
{
    /// <summary>Anything: checked when it is evaluated.</summary>
    Dyn,

    /// <summary>The type of null.</summary>
    Null,

    /// <summary>true or false.</summary>
    Bool,

    /// <summary>A signed 64-bit integer.</summary>
    Int,

    /// <summary>An unsigned 64-bit integer.</summary>
    Uint,

    /// <summary>A 64-bit floating point number.</summary>
    Double,

    /// <summary>Text, counted in code points.</summary>
    String,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>A point in time with nanoseconds.</summary>
    Timestamp,

    /// <summary>A span of time in nanoseconds.</summary>
    Duration,

    /// <summary>A list of one item type.</summary>
    List,

    /// <summary>A map of one key type and one value type.</summary>
    Map,

    /// <summary>The type of types.</summary>
    Type,

    /// <summary>A value that may be absent.</summary>
    Optional,

    /// <summary>An object with declared fields, see <see cref="CelObjectType"/>.</summary>
    Object,

    /// <summary>A library's own type, such as kubernetes.Quantity.</summary>
    Opaque,

    /// <summary>A parameter of a generic function, bound while checking.</summary>
    Parameter,

    /// <summary>What a wrong expression has; agrees with everything, so that one mistake is reported once.</summary>
    Error,
}
