using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Protobuf;

/// <summary>
/// Writes a tree as upstream's generated code does: fields ascending by number, non-pointer ones also when zero, map entries in key
/// order. The tree must be in the form that decoding produces.
/// </summary>
internal readonly struct MessageWriter(BackwardBuffer buffer, DecodeContext context)
{
    /// <summary>Writes the fields of a struct; null is a struct of which nothing is set.</summary>
    public void Write(ObjectValue? value, StructSchema schema)
    {
        var layout = schema.Layout;
        var start = context.OpenSlots(layout);
        var expected = 0;
        foreach (var (name, member) in value ?? Nothing)
        {
            expected = layout.Find(name, expected) + 1;
            if (expected > 0)
                context.Slot(start + expected - 1) = member;
        }

        Write(start, schema.Wire);
        context.DropSlots(start, layout);
    }

    private static readonly ObjectValue Nothing = new();

    private void Write(int start, WireMessage message)
    {
        for (var i = message.Nodes.Length - 1; i >= 0; i--)
        {
            var node = message.Nodes[i];
            if (node.Embedded is { } embedded)
            {
                var before = buffer.Length;
                Write(start, embedded);
                buffer.Header(node.Number, before);
            }
            else
                WriteField(node.Number, node.Field!, context.Slot(start + node.Position));
        }
    }

    private void WriteField(int number, FieldSchema field, Value? value)
    {
        if (value is null or NullValue)
            WriteZero(number, field);
        else if (field.Wrapped)
            WriteWrapped(number, (ListSchema)field.Type, (ListValue)value);
        else if (value is ListValue list && field.Type is ListSchema type)
            WriteList(number, type, list);
        else if (field.Type is MapSchema map)
            WriteMap(number, map, (ObjectValue)value);
        else
            WriteValue(number, field.Type, value);
    }

    private void WriteZero(int number, FieldSchema field)
    {
        if (!field.Nullable && field.Type is StructSchema or ScalarSchema { Kind: not ScalarKind.Bytes })
            WriteValue(number, field.Type, value: null);
    }

    private void WriteWrapped(int number, ListSchema type, ListValue list)
    {
        var before = buffer.Length;
        WriteList(1, type, list);
        buffer.Header(number, before);
    }

    private void WriteList(int number, ListSchema type, ListValue list)
    {
        for (var i = list.Count - 1; i >= 0; i--)
            WriteValue(number, type.Item, list[i]);
    }

    private void WriteMap(int number, MapSchema type, ObjectValue map)
    {
        for (var i = map.Count - 1; i >= 0; i--)
        {
            var (key, value) = map.At(i);
            var before = buffer.Length;
            if (type.Value is ListSchema items)
                WriteWrapped(2, items, value as ListValue ?? []);
            else if (value is not NullValue || type.Value is not ScalarSchema { Kind: ScalarKind.Bytes })
                WriteValue(2, type.Value, value);
            buffer.TextField(1, key);
            buffer.Header(number, before);
        }
    }

    /// <summary>Writes one field; null means the zero value of a type that is no pointer.</summary>
    private void WriteValue(int number, TypeSchema type, Value? value)
    {
        if (type is ScalarSchema scalar)
        {
            new ScalarWriter(buffer, context).Write(number, scalar, value is NullValue ? null : value);
            return;
        }

        var before = buffer.Length;
        Write(value as ObjectValue, (StructSchema)type);
        buffer.Header(number, before);
    }
}
