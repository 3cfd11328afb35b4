namespace Xebec.ApiMachinery.Schema;

/// <summary>A struct type. Its fields are set once, after all types are known, because types may be recursive.</summary>
public sealed class StructSchema : TypeSchema
{
    private Dictionary<string, FieldSchema> _byName = [];
    private StructLayout? _layout;
    private WireMessage? _wire;
    private Dictionary<string, FieldSchema>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    internal StructSchema(string package, string name)
    {
        Package = package;
        Name = name;
        _bySpan = _byName.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The group and version it is defined in, for example <c>core/v1</c>.</summary>
    public string Package { get; }

    /// <summary>Its name in the package, for example PodSpec.</summary>
    public string Name { get; }

    /// <summary>Package and name, for example <c>core/v1.PodSpec</c>.</summary>
    public string FullName => $"{Package}.{Name}";

    /// <summary>The fields in the order they are written; inlined ones flattened as in JSON.</summary>
    public IReadOnlyList<FieldSchema> Fields { get; private set; } = [];

    /// <summary>Owned as a whole by server-side apply wherever it is used.</summary>
    public bool Atomic { get; internal set; }

    /// <summary>At most one member may be set (documentation of intent; validation is in the kind's rules).</summary>
    public bool Union { get; internal set; }

    /// <summary>The field of a JSON name, null when there is none.</summary>
    public FieldSchema? Field(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The field of a JSON name, null when there is none.</summary>
    public FieldSchema? Field(ReadOnlySpan<char> name) => _bySpan.TryGetValue(name, out var field) ? field : null;

    // Made at first use: of hundreds of structs a process decodes few.
    internal StructLayout Layout => _layout ??= new StructLayout(this);

    internal WireMessage Wire => _wire ??= WireNode.MessageOf(this);

    internal void SetFields(IReadOnlyList<FieldSchema> fields)
    {
        var byName = new Dictionary<string, FieldSchema>(fields.Count, StringComparer.Ordinal);
        foreach (var field in fields)
        {
            field.Position = byName.Count;
            byName.Add(field.Name, field);
        }

        _byName = byName;
        _bySpan = byName.GetAlternateLookup<ReadOnlySpan<char>>();
        Fields = fields;
    }

    /// <inheritdoc/>
    public override string ToString() => FullName;
}
