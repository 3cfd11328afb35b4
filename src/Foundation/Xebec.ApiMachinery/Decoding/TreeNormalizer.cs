using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Decoding;

/// <summary>The same rules as decoding, applied to a tree: a patched object is pruned, reordered, canonicalised and zero-filled.</summary>
internal readonly struct TreeNormalizer(DecodeContext context)
{
    public ObjectValue Normalize(ObjectValue tree, StructSchema schema)
    {
        var layout = schema.Layout;
        var start = context.OpenSlots(layout);
        var expected = 0;
        foreach (var (name, value) in tree)
        {
            var at = layout.Find(name, expected);
            expected = at + 1;
            if (at < 0)
            {
                context.UnknownField(name);
                continue;
            }

            // Not one statement: normalizing may move the slots.
            var result = NormalizeField(schema, layout.Fields[at], value);
            context.Slot(start + at) = result;
        }

        return context.CloseSlots(start, layout);
    }

    private Value NormalizeField(StructSchema schema, FieldSchema field, Value value)
    {
        if (value is NullValue)
            return value;
        context.PushField(schema, field);
        var result = NormalizeValue(field.Type, value);
        context.Pop();
        return result;
    }

    private Value NormalizeValue(TypeSchema type, Value value) => (type, value) switch
    {
        (StructSchema s, ObjectValue o) => Normalize(o, s),
        (ListSchema list, ListValue items) => NormalizeList(list, items),
        (MapSchema map, ObjectValue members) => NormalizeMap(map, members),
        (ScalarSchema { Kind: < ScalarKind.JsonSchemaOrArray } scalar, _) => ScalarRules.Normalize(scalar, value, context),
        (ScalarSchema { Member: { } member }, ObjectValue o) => Normalize(o, member),
        (ScalarSchema { Kind: ScalarKind.JsonSchemaOrBool }, BoolValue) => value,
        (ScalarSchema { Kind: not ScalarKind.JsonSchemaOrBool } union, ListValue items) => NormalizeList(ScalarRules.UnionList(union), items),
        _ => throw context.Mismatch(GoTypes.NameOf(value), GoTypes.NameOf(type)),
    };

    private ListValue NormalizeList(ListSchema type, ListValue items)
    {
        var result = new ListValue();
        context.PushIndex();
        foreach (var item in items)
        {
            context.SetIndex(result.Count);
            result.Add(NormalizeItem(type.Item, item));
        }

        context.Pop();
        return result;
    }

    private ObjectValue NormalizeMap(MapSchema type, ObjectValue members)
    {
        var result = new ObjectValue(members.Count);
        foreach (var (key, value) in members)
        {
            context.PushKey(key);
            result.Append(key, NormalizeItem(type.Value, value));
            context.Pop();
        }

        MapOrder.Restore(result, context);
        return result;
    }

    private Value NormalizeItem(TypeSchema type, Value value) =>
        value is NullValue ? StructBuilder.ZeroItem(type) : NormalizeValue(type, value);
}
