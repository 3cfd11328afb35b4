namespace Xebec.ApiMachinery.Values;

/// <summary>The JSON type of a <see cref="Value"/>.</summary>
public enum ValueKind
{
    /// <summary>JSON null.</summary>
    Null,

    /// <summary>true or false.</summary>
    Bool,

    /// <summary>A number, whole or not.</summary>
    Number,

    /// <summary>A string.</summary>
    String,

    /// <summary>An array.</summary>
    List,

    /// <summary>An object.</summary>
    Object,
}
