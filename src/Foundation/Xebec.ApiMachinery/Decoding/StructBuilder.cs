using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Decoding;

/// <summary>Makes the object of a struct from the values of its fields, as Go's encoder would write the struct.</summary>
internal static class StructBuilder
{
    /// <summary>The object of the fields' values (null or JSON null where one is absent); the span is overwritten.</summary>
    public static ObjectValue Build(Span<Value?> fields, StructLayout layout)
    {
        var count = 0;
        for (var i = 0; i < fields.Length; i++)
        {
            ref var value = ref fields[i];
            if (value is null or NullValue)
                value = layout.ZeroStruct[i] is { } zero ? ZeroObject(zero) : layout.Zero[i];
            else if (layout.DropsEmpty[i] && IsEmpty(value))
                value = null;
            count += value is null ? 0 : 1;
        }

        var result = new ObjectValue(count);
        for (var i = 0; i < fields.Length; i++)
        {
            if (fields[i] is { } value)
                result.Append(layout.Fields[i].Name, value);
        }

        return result;
    }

    /// <summary>A struct of which nothing is given.</summary>
    public static ObjectValue ZeroObject(StructSchema schema)
    {
        var layout = schema.Layout;
        var result = new ObjectValue(0);
        for (var i = 0; i < layout.Fields.Length; i++)
        {
            if (layout.ZeroStruct[i] is { } zero)
                result.Append(layout.Fields[i].Name, ZeroObject(zero));
            else if (layout.Zero[i] is { } value)
                result.Append(layout.Fields[i].Name, value);
        }

        return result;
    }

    /// <summary>What a JSON null item of a list or map becomes.</summary>
    public static Value ZeroItem(TypeSchema type) => type is StructSchema s ? ZeroObject(s) : StructLayout.ZeroOf(type);

    private static bool IsEmpty(Value value) => value switch
    {
        StringValue s => s.Text.Length == 0,
        NumberValue n => n.Real == 0,
        BoolValue b => !b.Flag,
        ListValue list => list.Count == 0,
        ObjectValue map => map.Count == 0,
        _ => false,
    };
}
