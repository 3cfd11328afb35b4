using System.Text;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Protobuf;

/// <summary>Reads messages into the tree that JSON decoding would have made of the same object; unknown fields are ignored.</summary>
internal sealed class MessageReader(DecodeContext context)
{
    private int _depth;

    public ObjectValue Read(ReadOnlySpan<byte> bytes, StructSchema schema)
    {
        if (++_depth > Value.MaximumDepth)
            throw new DecodeException("exceeded max depth");
        var layout = schema.Layout;
        var start = context.OpenSlots(layout);
        ReadInto(bytes, schema.Wire, start);
        for (var i = 0; i < layout.Fields.Length; i++)
        {
            if (layout.Fields[i].Type is MapSchema && context.Slot(start + i) is ObjectValue map)
                MapOrder.Restore(map, context: null);
        }

        _depth--;
        return context.CloseSlots(start, layout);
    }

    private void ReadInto(ReadOnlySpan<byte> bytes, WireMessage message, int start)
    {
        var reader = new WireReader(bytes);
        while (!reader.AtEnd)
        {
            var (number, type) = reader.Tag();
            if (message.Find(number) is not { } node)
                reader.Skip(type);
            else if (node.Field is { } field)
                ReadField(ref reader, type, field, start + node.Position);
            else
            {
                WireReader.Expect(WireType.Bytes, type, "embedded message");
                ReadInto(reader.Bytes(), node.Embedded!, start);
            }
        }
    }

    private void ReadField(ref WireReader reader, WireType wire, FieldSchema field, int slot)
    {
        switch (field.Type)
        {
            case ListSchema list when field.Wrapped:
                WireReader.Expect(WireType.Bytes, wire, field.Name);
                var wrapped = ReadWrapped(reader.Bytes(), list);
                context.Slot(slot) = wrapped;
                break;
            case ListSchema list:
                var items = context.Slot(slot) as ListValue ?? new ListValue();
                context.Slot(slot) = items;
                ReadItems(ref reader, wire, list.Item, items, field.Name);
                break;
            case MapSchema map:
                WireReader.Expect(WireType.Bytes, wire, field.Name);
                var members = context.Slot(slot) as ObjectValue ?? new ObjectValue();
                context.Slot(slot) = members;
                ReadEntry(reader.Bytes(), map, members);
                break;
            default:
                var value = ReadValue(ref reader, wire, field.Type, field.Name);
                context.Slot(slot) = value;
                break;
        }
    }

    private ListValue ReadWrapped(ReadOnlySpan<byte> bytes, ListSchema type)
    {
        var items = new ListValue();
        var reader = new WireReader(bytes);
        while (!reader.AtEnd)
        {
            var (number, wire) = reader.Tag();
            if (number == 1)
                ReadItems(ref reader, wire, type.Item, items, "items");
            else
                reader.Skip(wire);
        }

        return items;
    }

    // Proto2 does not pack repeated numbers, yet readers must accept both forms.
    private void ReadItems(ref WireReader reader, WireType wire, TypeSchema type, ListValue items, string name)
    {
        if (wire != WireType.Bytes || type is not ScalarSchema { Kind: ScalarKind.Int32 or ScalarKind.Int64 or ScalarKind.Bool or ScalarKind.Double } scalar)
        {
            items.Add(ReadValue(ref reader, wire, type, name));
            return;
        }

        var packed = new WireReader(reader.Bytes());
        while (!packed.AtEnd)
            items.Add(ReadValue(ref packed, scalar.Kind == ScalarKind.Double ? WireType.Fixed64 : WireType.Varint, type, name));
    }

    private void ReadEntry(ReadOnlySpan<byte> bytes, MapSchema type, ObjectValue members)
    {
        var reader = new WireReader(bytes);
        var (key, value) = ("", (Value?)null);
        while (!reader.AtEnd)
        {
            var (number, wire) = reader.Tag();
            if (number == 1 && wire == WireType.Bytes)
                key = Encoding.UTF8.GetString(reader.Bytes());
            else if (number == 2 && type.Value is ListSchema list && wire == WireType.Bytes)
                value = ReadWrapped(reader.Bytes(), list);
            else if (number == 2)
                value = ReadValue(ref reader, wire, type.Value, "value");
            else
                reader.Skip(wire);
        }

        members.Append(key, value ?? StructBuilder.ZeroItem(type.Value));
    }

    private Value ReadValue(ref WireReader reader, WireType wire, TypeSchema type, string name)
    {
        if (type is ScalarSchema scalar)
            return new ScalarReader(this, context).Read(ref reader, wire, scalar, name);
        WireReader.Expect(WireType.Bytes, wire, name);
        return Read(reader.Bytes(), (StructSchema)type);
    }
}
