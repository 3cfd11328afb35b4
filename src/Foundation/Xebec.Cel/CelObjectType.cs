namespace Xebec.Cel;

/// <summary>
/// An object type with declared fields, wherever it came from (an OpenAPI schema, a schema of ours). Its fields are read at first use,
/// so types may be recursive. Two object types are the same when they have the same name.
/// </summary>
public sealed class CelObjectType : CelType
{
    private readonly Lazy<Dictionary<string, CelField>> _fields;

    /// <summary>A type of the given fields.</summary>
    public CelObjectType(string name, IReadOnlyList<CelField> fields)
        : this(name, () => fields)
    {
    }

    /// <summary>A type whose fields are read when they are first needed.</summary>
    public CelObjectType(string name, Func<IReadOnlyList<CelField>> readFields)
        : base(CelTypeKind.Object, name) =>
        _fields = new(() => ByEscapedName(readFields()));

    /// <summary>The fields.</summary>
    public IReadOnlyCollection<CelField> Fields => _fields.Value.Values;

    /// <summary>The field of a name as expressions write it (escaped), null when there is none.</summary>
    public CelField? Field(string escapedName) => _fields.Value.GetValueOrDefault(escapedName);

    private static Dictionary<string, CelField> ByEscapedName(IReadOnlyList<CelField> fields)
    {
        var result = new Dictionary<string, CelField>(fields.Count, StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if ((field.WrittenName ?? CelNames.Escape(field.Name)) is { } escaped)
                result[escaped] = field;
        }

        return result;
    }
}
