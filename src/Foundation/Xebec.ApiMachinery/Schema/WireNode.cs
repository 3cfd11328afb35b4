namespace Xebec.ApiMachinery.Schema;

/// <summary>One protobuf field of a struct: a field of the schema, or an embedded message whose fields JSON shows inline.</summary>
/// <param name="number">The field number.</param>
internal sealed class WireNode(int number)
{
    public int Number { get; } = number;

    /// <summary>The field, null for an embedded message.</summary>
    public FieldSchema? Field { get; private init; }

    /// <summary>The field's position in the struct.</summary>
    public int Position { get; private init; }

    /// <summary>The fields of the embedded message, null for a field.</summary>
    public WireMessage? Embedded { get; private init; }

    /// <summary>The message of a struct.</summary>
    public static WireMessage MessageOf(StructSchema schema)
    {
        var entries = schema.Fields.Select((field, position) => (field, position)).Where(e => e.field.WireNumbers.Count > 0);
        return MessageOf(entries, depth: 0);
    }

    private static WireMessage MessageOf(IEnumerable<(FieldSchema Field, int Position)> entries, int depth)
    {
        var nodes = new List<WireNode>();
        foreach (var group in entries.GroupBy(e => e.Field.WireNumbers[depth]).OrderBy(g => g.Key))
        {
            var (field, position) = group.First();
            nodes.Add(field.WireNumbers.Count == depth + 1
                ? new WireNode(group.Key) { Field = field, Position = position }
                : new WireNode(group.Key) { Embedded = MessageOf(group, depth + 1) });
        }

        return new WireMessage([.. nodes]);
    }
}
