using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Schema;

/// <summary>What codecs need of a struct, worked out once: its names as UTF-8 and what Go would write for a field that is absent.</summary>
internal sealed class StructLayout
{
    private readonly StructSchema _schema;

    public StructLayout(StructSchema schema)
    {
        _schema = schema;
        Fields = [.. schema.Fields];
        Names = new Utf8NameTable([.. Fields.Select(f => f.Name)]);
        DropsEmpty = [.. Fields.Select(DropsEmptyValue)];
        Zero = [.. Fields.Select(ZeroScalar)];
        ZeroStruct = [.. Fields.Select(f => !f.Nullable ? f.Type as StructSchema : null)];
    }

    /// <summary>The fields in the order they are written.</summary>
    public FieldSchema[] Fields { get; }

    /// <summary>Positions by name.</summary>
    public Utf8NameTable Names { get; }

    /// <summary>Per field: an empty value is left out (omitempty on a type that can be empty).</summary>
    public bool[] DropsEmpty { get; }

    /// <summary>Per field: what is written when it is absent, null when nothing is (or a struct, see <see cref="ZeroStruct"/>).</summary>
    public Value?[] Zero { get; }

    /// <summary>Per field: the struct that is written with its own zero fields when it is absent.</summary>
    public StructSchema?[] ZeroStruct { get; }

    /// <summary>The position of a field, -1 when unknown; names of decoded trees are the schema's own strings and mostly in order.</summary>
    public int Find(string name, int expected)
    {
        for (var i = expected; i < Fields.Length && i < expected + 8; i++)
        {
            if (ReferenceEquals(Fields[i].Name, name))
                return i;
        }

        return _schema.Field(name)?.Position ?? -1;
    }

    /// <summary>What Go writes for the zero value of a type that is not a struct, as an item of a list or map.</summary>
    public static Value ZeroOf(TypeSchema type) => (type as ScalarSchema)?.Kind switch
    {
        ScalarKind.String => StringValue.Empty,
        ScalarKind.Int32 or ScalarKind.Int64 or ScalarKind.Double or ScalarKind.IntOrString => NumberValue.Zero,
        ScalarKind.Bool => BoolValue.False,
        ScalarKind.Quantity => ZeroQuantity,
        ScalarKind.Duration => ZeroDuration,
        _ => Value.Null,
    };

    private static readonly StringValue ZeroQuantity = new("0");
    private static readonly StringValue ZeroDuration = new("0s");

    private static bool DropsEmptyValue(FieldSchema field) =>
        field.OmitEmpty && !field.Nullable && (field.Type is ListSchema or MapSchema || field.Type is ScalarSchema { Kind: <= ScalarKind.Bytes });

    /// <summary>What Go writes for a field that is absent, when that is no struct; null when it writes nothing.</summary>
    public static Value? ZeroScalar(FieldSchema field)
    {
        if (field.Nullable)
            return field.OmitEmpty ? null : Value.Null;
        return field.OmitZero || field.Type is StructSchema || DropsEmptyValue(field) ? null : ZeroOf(field.Type);
    }
}
