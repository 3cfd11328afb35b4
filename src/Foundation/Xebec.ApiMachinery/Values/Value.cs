using System.Text;
using System.Text.Json;

namespace Xebec.ApiMachinery.Values;

/// <summary>
/// A JSON value as a tree that decoding, defaulting, patching and applying work on. Scalars are immutable and may be shared;
/// <see cref="ObjectValue"/> and <see cref="ListValue"/> are mutable and have no parent, so a subtree moves without being copied.
/// </summary>
public abstract class Value
{
    /// <summary>Nesting deeper than this is refused (an attack, never an object).</summary>
    public const int MaximumDepth = 256;

    private protected Value()
    {
    }

    /// <summary>JSON null.</summary>
    public static Value Null => NullValue.Instance;

    /// <summary>The JSON type.</summary>
    public abstract ValueKind Kind { get; }

    /// <summary>A copy that shares no mutable part.</summary>
    public abstract Value DeepClone();

    /// <summary>Same JSON value; the order of object members does not matter, 1 and 1.0 are equal.</summary>
    public abstract bool DeepEquals(Value? other);

    /// <summary>Writes it as JSON.</summary>
    public abstract void WriteTo(Utf8JsonWriter writer);

    /// <summary>Parses one JSON document; a repeated member's last value wins.</summary>
    /// <exception cref="JsonException">Not well-formed JSON, or nested deeper than <see cref="MaximumDepth"/>.</exception>
    public static Value Parse(ReadOnlySpan<byte> utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = MaximumDepth });
        reader.Read();
        var value = Read(ref reader);
        if (reader.Read())
            throw new JsonException("data after the JSON value");
        return value;
    }

    /// <summary>Parses one JSON document given as text.</summary>
    /// <exception cref="JsonException">Not well-formed JSON.</exception>
    public static Value Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>Reads the value the reader stands on and leaves the reader on its last token.</summary>
    public static Value Read(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ObjectValue.ReadObject(ref reader),
        JsonTokenType.StartArray => ListValue.ReadList(ref reader),
        JsonTokenType.String => StringValue.Read(ref reader),
        JsonTokenType.Number => NumberValue.Read(ref reader),
        JsonTokenType.True => BoolValue.True,
        JsonTokenType.False => BoolValue.False,
        JsonTokenType.Null => Null,
        _ => throw new JsonException($"unexpected {reader.TokenType}"),
    };

    /// <summary>The value as compact UTF-8 JSON.</summary>
    public byte[] ToUtf8() => EncodeBuffer.Encode(this);

    /// <summary>How every writer of API objects escapes: as little as JSON allows.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = MaximumDepth * 2,
    };

    /// <summary>The value as compact JSON text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(ToUtf8());

    /// <summary>A string value.</summary>
    public static implicit operator Value(string? text) => text is null ? Null : new StringValue(text);

    /// <summary>A whole number.</summary>
    public static implicit operator Value(long number) => new NumberValue(number);

    /// <summary>A boolean.</summary>
    public static implicit operator Value(bool flag) => flag ? BoolValue.True : BoolValue.False;

    /// <summary>The text of a string value, else null.</summary>
    public string? AsString() => (this as StringValue)?.Text;

    /// <summary>The object, or null when it is something else.</summary>
    public ObjectValue? AsObject() => this as ObjectValue;

    /// <summary>The list, or null when it is something else.</summary>
    public ListValue? AsList() => this as ListValue;

    /// <summary>The whole number, or null when it is something else.</summary>
    public long? AsInt64() => this is NumberValue { IsWhole: true } number ? number.Whole : null;

    /// <summary>The boolean, or null when it is something else.</summary>
    public bool? AsBool() => (this as BoolValue)?.Flag;
}
