using System.Buffers;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Protobuf;

/// <summary>Writes scalars; the ones that upstream declares as structs (Time, Quantity, …) become messages.</summary>
internal readonly struct ScalarWriter(BackwardBuffer buffer, DecodeContext context)
{
    public void Write(int number, ScalarSchema type, Value? value)
    {
        switch (type.Kind)
        {
            case ScalarKind.String:
                buffer.TextField(number, value?.AsString() ?? "");
                break;
            case ScalarKind.Int32 or ScalarKind.Int64:
                buffer.VarintField(number, value?.AsInt64() ?? 0);
                break;
            case ScalarKind.Bool:
                buffer.VarintField(number, value?.AsBool() is true ? 1 : 0);
                break;
            case ScalarKind.Double:
                buffer.Fixed64(BitConverter.DoubleToUInt64Bits((value as NumberValue)?.Real ?? 0));
                buffer.Tag(number, WireType.Fixed64);
                break;
            case ScalarKind.Bytes:
                WriteBytes(number, value?.AsString() ?? "");
                break;
            default:
                WriteMessage(number, type, value);
                break;
        }
    }

    private void WriteMessage(int number, ScalarSchema type, Value? value)
    {
        var before = buffer.Length;
        switch (type.Kind)
        {
            case ScalarKind.Time or ScalarKind.MicroTime:
                WriteTime(value?.AsString());
                break;
            case ScalarKind.Duration:
                buffer.VarintField(1, GoDuration.TryParse(value?.AsString(), out var nanoseconds) ? nanoseconds : 0);
                break;
            case ScalarKind.Quantity:
                buffer.TextField(1, value?.AsString() ?? "0");
                break;
            case ScalarKind.IntOrString:
                WriteIntOrString(value);
                break;
            case ScalarKind.RawExtension or ScalarKind.Json or ScalarKind.FieldsV1:
                WriteRaw(value);
                break;
            default:
                WriteUnion(type, value);
                break;
        }

        buffer.Header(number, before);
    }

    private void WriteBytes(int number, string base64)
    {
        var rented = ArrayPool<byte>.Shared.Rent(base64.Length);
        Convert.TryFromBase64String(base64, rented, out var count);
        buffer.Bytes(rented.AsSpan(0, count));
        buffer.Varint((ulong)count);
        buffer.Tag(number, WireType.Bytes);
        ArrayPool<byte>.Shared.Return(rented, clearArray: true);
    }

    private void WriteTime(string? text)
    {
        if (text is null || !Rfc3339.TryParse(text, out var time))
            return;
        var ticks = time.UtcTicks - DateTime.UnixEpoch.Ticks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        if (rest < 0)
            (seconds, rest) = (seconds - 1, rest + TimeSpan.TicksPerSecond);
        buffer.VarintField(2, rest * 100);
        buffer.VarintField(1, seconds);
    }

    private void WriteIntOrString(Value? value)
    {
        buffer.TextField(3, value?.AsString() ?? "");
        buffer.VarintField(2, value?.AsInt64() ?? 0);
        buffer.VarintField(1, value is StringValue ? 1 : 0);
    }

    private void WriteRaw(Value? value)
    {
        if (value is null)
            return;
        var before = buffer.Length;
        buffer.Json(value);
        buffer.Header(1, before);
    }

    private void WriteUnion(ScalarSchema type, Value? value)
    {
        var writer = new MessageWriter(buffer, context);
        var isBool = type.Kind == ScalarKind.JsonSchemaOrBool;
        if (value is ListValue list)
            WriteUnionList(type, list, writer);
        if (value is ObjectValue schema)
        {
            var before = buffer.Length;
            writer.Write(schema, type.Member!);
            buffer.Header(isBool ? 2 : 1, before);
        }

        if (isBool)
            buffer.VarintField(1, value is ObjectValue || value?.AsBool() is true ? 1 : 0);
    }

    private void WriteUnionList(ScalarSchema type, ListValue list, MessageWriter writer)
    {
        for (var i = list.Count - 1; i >= 0; i--)
        {
            if (list[i] is not ObjectValue schema)
            {
                buffer.TextField(2, list[i].AsString() ?? "");
                continue;
            }

            var before = buffer.Length;
            writer.Write(schema, type.Member!);
            buffer.Header(2, before);
        }
    }
}
