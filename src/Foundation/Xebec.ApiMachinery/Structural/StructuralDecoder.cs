using System.Text.Json;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Structural;

/// <summary>
/// Decodes objects of custom kinds as upstream does: metadata as ObjectMeta, everything else as it is, without what the schema does not
/// declare, members in order of their names.
/// </summary>
internal readonly struct StructuralDecoder(CustomKind kind, DecodeContext context)
{
    public ObjectValue Decode(ReadOnlySpan<byte> utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = Value.MaximumDepth });
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                throw context.Mismatch(GoTypes.NameOf(Value.Read(ref reader)), "map[string]interface {}");
            var tree = ReadObject(ref reader);
            reader.Read();
            return Finish(tree);
        }
        catch (JsonException e)
        {
            throw new DecodeException(JsonSyntax.Describe(utf8Json, e, reader.TokenType, reader.CurrentDepth)) { IsUnreadable = true };
        }
    }

    public ObjectValue Normalize(ObjectValue tree) => Finish((ObjectValue)Sorted(tree));

    private ObjectValue Finish(ObjectValue tree)
    {
        if (tree["metadata"] is { } metadata)
            tree["metadata"] = Metadata(metadata);
        var schema = kind.Schema;
        var dropped = new List<string>();
        Pruning.Prune(tree, schema, dropped);
        foreach (var path in dropped)
            context.UnknownPath(path);
        CoerceEmbedded(tree, schema);
        return tree;
    }

    private Value Metadata(Value metadata)
    {
        if (metadata is NullValue)
            return new ObjectValue();
        context.PushKey("metadata");
        if (metadata is not ObjectValue members)
            throw context.Mismatch(GoTypes.NameOf(metadata), GoTypes.NameOf(kind.ObjectMeta));
        var normal = new TreeNormalizer(context).Normalize(members, kind.ObjectMeta);
        context.Pop();
        return Sorted(normal);
    }

    private void CoerceEmbedded(Value value, StructuralSchema schema)
    {
        if (!schema.HasEmbeddedResources)
            return;
        switch (value)
        {
            case ObjectValue members:
                if (schema.IsEmbeddedResource && members["metadata"] is { } metadata)
                    members["metadata"] = Metadata(metadata);
                CoerceMembers(members, schema);
                break;
            case ListValue items when schema.Items is { } below:
                CoerceItems(items, below);
                break;
        }
    }

    private void CoerceMembers(ObjectValue members, StructuralSchema schema)
    {
        foreach (var (name, member) in members)
        {
            if (schema.Member(name) is not { HasEmbeddedResources: true } below)
                continue;
            context.PushKey(name);
            CoerceEmbedded(member, below);
            context.Pop();
        }
    }

    private void CoerceItems(ListValue items, StructuralSchema schema)
    {
        context.PushIndex();
        for (var i = 0; i < items.Count; i++)
        {
            context.SetIndex(i);
            CoerceEmbedded(items[i], schema);
        }

        context.Pop();
    }

    private Value ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(ref reader),
        JsonTokenType.StartArray => ReadList(ref reader),
        _ => Value.Read(ref reader),
    };

    private ObjectValue ReadObject(ref Utf8JsonReader reader)
    {
        var result = new ObjectValue(4);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = JsonText.Read(ref reader);
            reader.Read();
            context.PushKey(name);
            result.Append(name, ReadValue(ref reader));
            context.Pop();
        }

        MapOrder.Restore(result, context);
        return result;
    }

    private ListValue ReadList(ref Utf8JsonReader reader)
    {
        var list = new ListValue();
        context.PushIndex();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            context.SetIndex(list.Count);
            list.Add(ReadValue(ref reader));
        }

        context.Pop();
        return list;
    }

    // A copy, so that the caller's tree stays as it is. Sets of fields have an order of their own.
    private static Value Sorted(Value value)
    {
        switch (value)
        {
            case ObjectValue members:
                var copy = new ObjectValue(members.Count);
                foreach (var (name, member) in members)
                    copy.Append(name, name == "fieldsV1" ? member.DeepClone() : Sorted(member));
                MapOrder.Restore(copy, null);
                return copy;
            case ListValue items:
                var list = new ListValue();
                foreach (var item in items)
                    list.Add(Sorted(item));
                return list;
            default:
                return value;
        }
    }
}
