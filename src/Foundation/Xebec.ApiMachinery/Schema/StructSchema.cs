using Xebec.ApiMachinery.Structural;

namespace Xebec.ApiMachinery.Schema;

/// <summary>
/// A struct type. Its fields are read at first use: types may be recursive, and of hundreds of structs a process uses few.
/// </summary>
public sealed class StructSchema : TypeSchema
{
    private readonly Lazy<Members> _members;
    private readonly bool _preservesUnknownFields;
    private StructLayout? _layout;
    private WireMessage? _wire;

    internal StructSchema(string package, string name, Func<IReadOnlyList<FieldSchema>> readFields)
    {
        Package = package;
        Name = name;
        _members = new Lazy<Members>(() => new Members(readFields()));
    }

    /// <summary>The group and version it is defined in, for example <c>core/v1</c>.</summary>
    public string Package { get; }

    /// <summary>Its name in the package, for example PodSpec.</summary>
    public string Name { get; }

    /// <summary>Package and name, for example <c>core/v1.PodSpec</c>.</summary>
    public string FullName => $"{Package}.{Name}";

    /// <summary>The fields in the order they are written; inlined ones flattened as in JSON.</summary>
    public IReadOnlyList<FieldSchema> Fields => _members.Value.Fields;

    /// <summary>Owned as a whole by server-side apply wherever it is used.</summary>
    public bool Atomic { get; internal set; }

    /// <summary>At most one member may be set (documentation of intent; validation is in the kind's rules).</summary>
    public bool Union { get; internal set; }

    /// <summary>Members that are not fields are kept as they are (x-kubernetes-preserve-unknown-fields).</summary>
    public bool PreservesUnknownFields
    {
        get => _preservesUnknownFields || Custom?.Schema is { } root && (root.PreservesUnknownFields || root.AllowsAdditional);
        internal init => _preservesUnknownFields = value;
    }

    /// <summary>The kind of a CustomResourceDefinition, null for built-in types.</summary>
    public CustomKind? Custom { get; internal init; }

    /// <summary>The field of a JSON name, null when there is none.</summary>
    public FieldSchema? Field(string name) => _members.Value.ByName.GetValueOrDefault(name);

    /// <summary>The field of a JSON name, null when there is none.</summary>
    public FieldSchema? Field(ReadOnlySpan<char> name) => _members.Value.BySpan.TryGetValue(name, out var field) ? field : null;

    internal StructLayout Layout => _layout ??= new StructLayout(this);

    internal WireMessage Wire => _wire ??= WireNode.MessageOf(this);

    /// <inheritdoc/>
    public override string ToString() => FullName;

    private sealed class Members
    {
        public Members(IReadOnlyList<FieldSchema> fields)
        {
            Fields = fields;
            ByName = new Dictionary<string, FieldSchema>(fields.Count, StringComparer.Ordinal);
            foreach (var field in fields)
            {
                field.Position = ByName.Count;
                ByName.Add(field.Name, field);
            }

            BySpan = ByName.GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public IReadOnlyList<FieldSchema> Fields { get; }

        public Dictionary<string, FieldSchema> ByName { get; }

        public Dictionary<string, FieldSchema>.AlternateLookup<ReadOnlySpan<char>> BySpan { get; }
    }
}
