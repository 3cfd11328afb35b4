using System.Globalization;
using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Values;

/// <summary>JSON as values of the language and back.</summary>
internal static class JsonReading
{
    public static CelValue Read(Value json, CelType type)
    {
        if (json is NullValue)
            return CelNull.Instance;
        return type.Kind switch
        {
            CelTypeKind.String => json is StringValue text ? new CelString(text.Text) : Wrong(json, "string"),
            CelTypeKind.Int => json is NumberValue number ? ReadInt(number) : Wrong(json, "integer"),
            CelTypeKind.Uint => json is NumberValue { IsWhole: true, Whole: >= 0 } number ? new CelUint((ulong)number.Whole) : Wrong(json, "integer"),
            CelTypeKind.Double => json is NumberValue number ? new CelDouble(number.Real) : Wrong(json, "number"),
            CelTypeKind.Bool => json is BoolValue flag ? CelBool.Of(flag.Flag) : Wrong(json, "boolean"),
            CelTypeKind.Timestamp => json is StringValue text ? ReadTime(text.Text) : Wrong(json, "string"),
            CelTypeKind.Duration => json is StringValue text ? ReadDuration(text.Text) : Wrong(json, "string"),
            CelTypeKind.Bytes => json is StringValue text ? ReadBytes(text.Text) : Wrong(json, "string"),
            CelTypeKind.List => json is ListValue list ? new CelJsonList(list, type) : Wrong(json, "array"),
            CelTypeKind.Map => json is ObjectValue map ? new CelJsonMap(map, type) : Wrong(json, "object"),
            CelTypeKind.Object => json is ObjectValue fields ? ReadObject(fields, type) : Wrong(json, "object"),
            _ => ReadAny(json),
        };
    }

    /// <summary>A value as JSON; null when it has no JSON form.</summary>
    public static Value Write(CelValue value) => value is CelError error ? throw new CelEvaluationException(error.Message) : value.ToJson();

    private static CelValue ReadObject(ObjectValue json, CelType type) =>
        type is CelObjectType declared ? new CelJsonObject(json, declared) : new CelJsonMap(json, CelType.Dyn);

    private static CelValue ReadAny(Value json) => json switch
    {
        StringValue text => new CelString(text.Text),
        BoolValue flag => CelBool.Of(flag.Flag),
        NumberValue { IsWhole: true } number => CelInt.Of(number.Whole),
        NumberValue number => new CelDouble(number.Real),
        ListValue list => new CelJsonList(list, CelType.Dyn),
        ObjectValue map => new CelJsonMap(map, CelType.Dyn),
        _ => CelNull.Instance,
    };

    private static CelValue ReadInt(NumberValue number) =>
        number.IsWhole ? CelInt.Of(number.Whole)
        : Math.Truncate(number.Real) == number.Real && Math.Abs(number.Real) < 9.2e18 ? CelInt.Of((long)number.Real)
        : Wrong(number, "integer");

    private static CelValue ReadTime(string text)
    {
        if (CelTimestamp.Parse(text) is { } time)
            return time;
        return DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? CelTimestamp.Of(new DateTimeOffset(date, TimeSpan.Zero))
            : new CelError($"Invalid date-time format: {text}");
    }

    private static CelValue ReadDuration(string text) => CelDuration.Parse(text) is { } duration ? duration : new CelError($"Invalid duration {text}");

    private static CelValue ReadBytes(string text)
    {
        var bytes = new byte[text.Length / 4 * 3 + 3];
        return Convert.TryFromBase64String(text, bytes, out var written)
            ? new CelBytes(bytes[..written])
            : new CelError($"Invalid base64 {text}");
    }

    private static CelError Wrong(Value json, string expected) =>
        new($"invalid data, expected {expected}, got {json.Kind.ToString().ToLowerInvariant()}");
}
