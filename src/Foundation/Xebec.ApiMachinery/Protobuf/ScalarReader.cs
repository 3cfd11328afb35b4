using System.Text;
using System.Text.Json;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Protobuf;

/// <summary>Reads scalars and the messages that JSON shows as scalars.</summary>
internal readonly struct ScalarReader(MessageReader messages, DecodeContext context)
{
    public Value Read(ref WireReader reader, WireType wire, ScalarSchema type, string name)
    {
        WireReader.Expect(WireTypeOf(type.Kind), wire, name);
        return type.Kind switch
        {
            ScalarKind.Int32 => new NumberValue((long)(int)reader.Varint()),
            ScalarKind.Int64 => new NumberValue((long)reader.Varint()),
            ScalarKind.Bool => reader.Varint() != 0,
            ScalarKind.Double => Real(reader.Fixed64()),
            ScalarKind.Bytes => new StringValue(Convert.ToBase64String(reader.Bytes())),
            ScalarKind.String => Text(type, reader.Bytes()),
            _ => ReadMessage(reader.Bytes(), type),
        };
    }

    private static WireType WireTypeOf(ScalarKind kind) => kind switch
    {
        ScalarKind.Int32 or ScalarKind.Int64 or ScalarKind.Bool => WireType.Varint,
        ScalarKind.Double => WireType.Fixed64,
        _ => WireType.Bytes,
    };

    private static NumberValue Real(ulong bits)
    {
        var real = BitConverter.UInt64BitsToDouble(bits);
        return double.IsFinite(real) ? new NumberValue(real) : throw new DecodeException("json: unsupported value: not a finite number");
    }

    private static StringValue Text(ScalarSchema type, ReadOnlySpan<byte> utf8) =>
        utf8.IsEmpty ? StringValue.Empty : type.FindConstant(utf8) ?? new StringValue(Encoding.UTF8.GetString(utf8));

    private Value ReadMessage(ReadOnlySpan<byte> bytes, ScalarSchema type)
    {
        switch (type.Kind)
        {
            case ScalarKind.Time or ScalarKind.MicroTime:
                return Time(bytes, type.Kind == ScalarKind.MicroTime);
            case ScalarKind.Duration:
                var fields = NumberFields(bytes);
                return GoDuration.Format(fields.First);
            case ScalarKind.Quantity:
                var text = Encoding.UTF8.GetString(TextField(bytes, 1));
                return ScalarRules.Normalize(type, new StringValue(text.Length == 0 ? "0" : text), context);
            case ScalarKind.IntOrString:
                var (kind, number) = NumberFields(bytes);
                return kind == 1 ? Encoding.UTF8.GetString(TextField(bytes, 3)) : new NumberValue((long)(int)number);
            case ScalarKind.RawExtension or ScalarKind.Json or ScalarKind.FieldsV1:
                return Raw(TextField(bytes, 1));
            default:
                return Union(bytes, type);
        }
    }

    private static Value Time(ReadOnlySpan<byte> bytes, bool microseconds)
    {
        if (bytes.IsEmpty)
            return Value.Null;
        var (seconds, nanos) = NumberFields(bytes);
        if (seconds is < -62135596800 or > 253402300799 || nanos is < 0 or > 999_999_999)
            throw new DecodeException("Time.MarshalJSON: year outside of range [0,9999]");
        var time = DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanos / 100);
        return time == default ? Value.Null : microseconds ? Rfc3339.FormatMicroseconds(time) : Rfc3339.FormatSeconds(time);
    }

    private static Value Raw(ReadOnlySpan<byte> json)
    {
        try
        {
            return json.IsEmpty ? Value.Null : Value.Parse(json);
        }
        catch (JsonException e)
        {
            throw new DecodeException($"json: error calling MarshalJSON for type runtime.RawExtension: {e.Message}");
        }
    }

    private Value Union(ReadOnlySpan<byte> bytes, ScalarSchema type)
    {
        var reader = new WireReader(bytes);
        var isBool = type.Kind == ScalarKind.JsonSchemaOrBool;
        Value result = isBool ? BoolValue.False : Value.Null;
        ListValue? list = null;
        while (!reader.AtEnd)
        {
            var (number, wire) = reader.Tag();
            if (number == (isBool ? 2u : 1u) && wire == WireType.Bytes)
                result = messages.Read(reader.Bytes(), type.Member!);
            else if (number == 1 && isBool && wire == WireType.Varint)
                result = reader.Varint() != 0 && result is BoolValue ? BoolValue.True : result;
            else if (number == 2 && wire == WireType.Bytes)
                (list ??= []).Add(UnionItem(reader.Bytes(), type));
            else
                reader.Skip(wire);
        }

        return list ?? result;
    }

    private Value UnionItem(ReadOnlySpan<byte> bytes, ScalarSchema type) => type.Kind == ScalarKind.JsonSchemaOrStringArray
        ? Encoding.UTF8.GetString(bytes)
        : messages.Read(bytes, type.Member!);

    // The numbers 1 and 2 of a message such as Time, Duration or IntOrString.
    private static (long First, long Second) NumberFields(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var (first, second) = (0L, 0L);
        while (!reader.AtEnd)
        {
            var (number, wire) = reader.Tag();
            if (wire != WireType.Varint || number > 2)
                reader.Skip(wire);
            else if (number == 1)
                first = (long)reader.Varint();
            else
                second = (long)reader.Varint();
        }

        return (first, second);
    }

    private static ReadOnlySpan<byte> TextField(ReadOnlySpan<byte> bytes, uint wanted)
    {
        var reader = new WireReader(bytes);
        ReadOnlySpan<byte> found = [];
        while (!reader.AtEnd)
        {
            var (number, wire) = reader.Tag();
            if (number == wanted && wire == WireType.Bytes)
                found = reader.Bytes();
            else
                reader.Skip(wire);
        }

        return found;
    }
}
