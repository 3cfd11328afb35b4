using System.Text;
using System.Text.Json;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Decoding;

/// <summary>The walk over the JSON tokens, guided by the schema.</summary>
internal ref struct JsonObjectDecoder(ReadOnlySpan<byte> utf8Json, DecodeContext context)
{
    private Utf8JsonReader _reader = new(utf8Json, new JsonReaderOptions { MaxDepth = Value.MaximumDepth });

    public ObjectValue ReadDocument(StructSchema schema)
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject)
            throw Mismatch(schema);
        var result = ReadStruct(schema);
        _reader.Read();
        return result;
    }

    public readonly string DescribeSyntaxError(ReadOnlySpan<byte> json, JsonException error) =>
        JsonSyntax.Describe(json, error, _reader.TokenType, _reader.CurrentDepth);

    private ObjectValue ReadStruct(StructSchema schema)
    {
        var layout = schema.Layout;
        var start = context.OpenSlots(layout);
        var expected = 0;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var at = _reader.ValueIsEscaped
                ? layout.Names.Find(Encoding.UTF8.GetBytes(JsonText.Read(ref _reader)), -1)
                : layout.Names.Find(_reader.ValueSpan, expected);
            if (at < 0)
                SkipUnknown();
            else
                ReadField(schema, layout.Fields[at], start + at);
            expected = at + 1;
        }

        return context.CloseSlots(start, layout);
    }

    private void ReadField(StructSchema schema, FieldSchema field, int slot)
    {
        _reader.Read();
        context.PushField(schema, field);
        if (context.Slot(slot) is not null)
            context.DuplicateField();
        var value = _reader.TokenType == JsonTokenType.Null ? Value.Null : ReadValue(field.Type);
        context.Slot(slot) = value;
        context.Pop();
    }

    private void SkipUnknown()
    {
        context.UnknownField(JsonText.Read(ref _reader));
        _reader.Skip();
    }

    private Value ReadValue(TypeSchema type) => type switch
    {
        ScalarSchema scalar => ReadScalar(scalar),
        StructSchema s => _reader.TokenType == JsonTokenType.StartObject ? ReadStruct(s) : throw Mismatch(s),
        ListSchema list => ReadList(list),
        _ => ReadMap((MapSchema)type),
    };

    private ListValue ReadList(ListSchema type)
    {
        if (_reader.TokenType != JsonTokenType.StartArray)
            throw Mismatch(type);
        var list = new ListValue();
        context.PushIndex();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            context.SetIndex(list.Count);
            list.Add(ReadItem(type.Item));
        }

        context.Pop();
        return list;
    }

    private ObjectValue ReadMap(MapSchema type)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
            throw Mismatch(type);
        var map = new ObjectValue(4);
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var key = JsonText.Read(ref _reader);
            _reader.Read();
            context.PushKey(key);
            map.Append(key, ReadItem(type.Value));
            context.Pop();
        }

        MapOrder.Restore(map, context);
        return map;
    }

    private Value ReadItem(TypeSchema type) =>
        _reader.TokenType == JsonTokenType.Null ? StructBuilder.ZeroItem(type) : ReadValue(type);

    private Value ReadScalar(ScalarSchema type)
    {
        if (_reader.TokenType == JsonTokenType.String && type.Kind == ScalarKind.String)
            return type.FindConstant(_reader.ValueSpan) ?? StringValue.Read(ref _reader);
        if (_reader.TokenType == JsonTokenType.Number && type.Kind == ScalarKind.Quantity)
            return ScalarRules.Normalize(type, new StringValue(Encoding.UTF8.GetString(_reader.ValueSpan)), context);
        if (type.Kind >= ScalarKind.JsonSchemaOrArray)
            return ReadUnion(type);
        return ScalarRules.Normalize(type, Value.Read(ref _reader), context);
    }

    private Value ReadUnion(ScalarSchema type) => _reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadStruct(type.Member!),
        JsonTokenType.StartArray when type.Kind != ScalarKind.JsonSchemaOrBool => ReadList(ScalarRules.UnionList(type)),
        JsonTokenType.True or JsonTokenType.False when type.Kind == ScalarKind.JsonSchemaOrBool => Value.Read(ref _reader),
        _ => throw Mismatch(type),
    };

    private readonly DecodeException Mismatch(TypeSchema type) => context.Mismatch(
        _reader.TokenType switch
        {
            JsonTokenType.StartObject => "object",
            JsonTokenType.StartArray => "array",
            JsonTokenType.String => "string",
            JsonTokenType.Number => "number",
            JsonTokenType.Null => "null",
            _ => "bool",
        },
        GoTypes.NameOf(type));
}
