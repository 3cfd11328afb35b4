namespace Xebec.ApiMachinery.Schema;

/// <summary>A scalar type, with the constants it knows when it is a named string type.</summary>
public sealed class ScalarSchema : TypeSchema
{
    /// <summary>Creates one.</summary>
    /// <param name="kind">The scalar.</param>
    /// <param name="enumName">The named string type, such as <c>core/v1.PodPhase</c>.</param>
    /// <param name="constants">Its documented constants.</param>
    public ScalarSchema(ScalarKind kind, string? enumName = null, IReadOnlyList<string>? constants = null)
    {
        Kind = kind;
        EnumName = enumName;
        Constants = constants ?? [];
    }

    /// <summary>For the JSON schema unions: the struct that an object is read as.</summary>
    public StructSchema? Member { get; init; }

    // Constants as shared values, found by UTF-8 bytes: enum values are decoded without an allocation.
    internal Values.StringValue? FindConstant(ReadOnlySpan<byte> utf8)
    {
        if (Constants.Count == 0)
            return null;
        var at = (_table ??= new Utf8NameTable(Constants)).Find(utf8, -1);
        return at < 0 ? null : (_values ??= [.. Constants.Select(c => new Values.StringValue(c))])[at];
    }

    private Utf8NameTable? _table;
    private Values.StringValue[]? _values;

    /// <summary>Which scalar.</summary>
    public ScalarKind Kind { get; }

    /// <summary>The named string type, null for a plain scalar.</summary>
    public string? EnumName { get; }

    /// <summary>The documented constants of the named string type; not necessarily all that are allowed.</summary>
    public IReadOnlyList<string> Constants { get; }
}
