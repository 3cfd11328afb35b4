using System.Globalization;
using System.Text;
using Xebec.Cel.Functions;
using Xebec.Cel.Values;
using static Xebec.Cel.Libraries.LibraryTypes;

namespace Xebec.Cel.Libraries;

/// <summary>Conversions between types, type() and dyn() (CEL specification, "Type conversions").</summary>
internal static class ConversionLibrary
{
    private const NumberStyles RealStyle = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private static readonly CelError IntRange = new("integer overflow");
    private static readonly CelError UintRange = new("unsigned integer overflow");

    public static void AddTo(FunctionTable table)
    {
        table.Function("type", "type", A, CelType.TypeOf(A), v => new CelTypeValue(v.Type));
        table.Function("dyn", "to_dyn", A, CelType.Dyn, v => v);
        AddNumbers(table);
        table.Function("bool", "bool_to_bool", CelType.Bool, CelType.Bool, v => v);
        table.Function("bool", "string_to_bool", CelType.String, CelType.Bool, ToBool);
        table.Function("bytes", "bytes_to_bytes", CelType.Bytes, CelType.Bytes, v => v);
        table.Function("bytes", "string_to_bytes", CelType.String, CelType.Bytes, v => new CelBytes(Encoding.UTF8.GetBytes(Text.Of(v))));
        table.Function("timestamp", "timestamp_to_timestamp", CelType.Timestamp, CelType.Timestamp, v => v);
        table.Function("timestamp", "string_to_timestamp", CelType.String, CelType.Timestamp, v =>
            CelTimestamp.Parse(Text.Of(v)) ?? (CelValue)Impossible(v, CelType.Timestamp));
        table.Function("timestamp", "int64_to_timestamp", CelType.Int, CelType.Timestamp, v =>
            CelTimestamp.Of((Int128)((CelInt)v).Number * 1_000_000_000) ?? (CelValue)CelError.TimestampOverflow);
        table.Function("duration", "duration_to_duration", CelType.Duration, CelType.Duration, v => v);
        table.Function("duration", "int64_to_duration", CelType.Int, CelType.Duration, v => new CelDuration(((CelInt)v).Number));
        table.Function("duration", "string_to_duration", CelType.String, CelType.Duration, v =>
            CelDuration.Parse(Text.Of(v)) ?? (CelValue)Impossible(v, CelType.Duration));
        AddStrings(table);
    }

    private static void AddNumbers(FunctionTable table)
    {
        table.Function("int", "int64_to_int64", CelType.Int, CelType.Int, v => v);
        table.Function("int", "uint64_to_int64", CelType.Uint, CelType.Int, v => ToInt(((CelUint)v).Number));
        table.Function("int", "double_to_int64", CelType.Double, CelType.Int, v => ToInt(((CelDouble)v).Number));
        table.Function("int", "string_to_int64", CelType.String, CelType.Int, v =>
            long.TryParse(Text.Of(v), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? CelInt.Of(n) : Impossible(v, CelType.Int));
        table.Function("int", "timestamp_to_int64", CelType.Timestamp, CelType.Int, v => CelInt.Of(((CelTimestamp)v).Seconds));
        table.Function("int", "duration_to_int64", CelType.Duration, CelType.Int, v => CelInt.Of(((CelDuration)v).Nanoseconds));
        table.Function("uint", "uint64_to_uint64", CelType.Uint, CelType.Uint, v => v);
        table.Function("uint", "int64_to_uint64", CelType.Int, CelType.Uint, v =>
            ((CelInt)v).Number is >= 0 and var n ? new CelUint((ulong)n) : UintRange);
        table.Function("uint", "double_to_uint64", CelType.Double, CelType.Uint, v => ToUint(((CelDouble)v).Number));
        table.Function("uint", "string_to_uint64", CelType.String, CelType.Uint, v =>
            ulong.TryParse(Text.Of(v), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? new CelUint(n) : Impossible(v, CelType.Uint));
        table.Function("double", "double_to_double", CelType.Double, CelType.Double, v => v);
        table.Function("double", "int64_to_double", CelType.Int, CelType.Double, v => new CelDouble(((CelInt)v).Number));
        table.Function("double", "uint64_to_double", CelType.Uint, CelType.Double, v => new CelDouble(((CelUint)v).Number));
        table.Function("double", "string_to_double", CelType.String, CelType.Double, ToDouble);
    }

    private static void AddStrings(FunctionTable table)
    {
        foreach (var type in new[] { CelType.Bool, CelType.Double, CelType.Duration, CelType.Int, CelType.String, CelType.Timestamp, CelType.Uint })
            table.Function("string", $"{type.Name}_to_string", type, CelType.String, v => new CelString(Show(v)));
        table.Function("string", "bytes_to_string", CelType.Bytes, CelType.String, ToText);
    }

    /// <summary>A scalar as string() writes it.</summary>
    public static string Show(CelValue value) => value switch
    {
        CelString text => text.Text,
        CelBool flag => flag.Flag ? "true" : "false",
        CelInt number => number.Number.ToString(CultureInfo.InvariantCulture),
        CelUint number => number.Number.ToString(CultureInfo.InvariantCulture),
        CelDouble number => GoNumber.General(number.Number),
        _ => value.ToString()!,
    };

    private static CelError Impossible(CelValue value, CelType to) => new($"type conversion error from '{value.Type.Name}' to '{to.Name}'");

    private static CelValue ToInt(ulong value) => value <= long.MaxValue ? CelInt.Of((long)value) : IntRange;

    private static CelValue ToInt(double value) => value is > -9.223372036854775808e18 and < 9.223372036854775807e18 ? CelInt.Of((long)value) : IntRange;

    private static CelValue ToUint(double value) => value is >= 0 and < 1.8446744073709551615e19 ? new CelUint((ulong)value) : UintRange;

    private static CelValue ToBool(CelValue value) => Text.Of(value) switch
    {
        "1" or "t" or "T" or "TRUE" or "true" or "True" => CelBool.True,
        "0" or "f" or "F" or "FALSE" or "false" or "False" => CelBool.False,
        _ => Impossible(value, CelType.Bool),
    };

    private static CelValue ToDouble(CelValue value)
    {
        var text = Text.Of(value);
        return text.TrimStart('+', '-').ToLowerInvariant() switch
        {
            "nan" => new CelDouble(double.NaN),
            "inf" or "infinity" => new CelDouble(text.StartsWith('-') ? double.NegativeInfinity : double.PositiveInfinity),
            _ when double.TryParse(text, RealStyle, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => new CelDouble(number),
            _ => Impossible(value, CelType.Double),
        };
    }

    private static CelValue ToText(CelValue value)
    {
        try
        {
            return new CelString(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(((CelBytes)value).Bytes));
        }
        catch (DecoderFallbackException)
        {
            return new CelError("invalid UTF-8 in bytes, cannot convert to string");
        }
    }
}
