using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Decoding;

/// <summary>Checks a scalar and brings it into the form that Go writes.</summary>
internal static class ScalarRules
{
    private static readonly ListSchema StringList = new(new ScalarSchema(ScalarKind.String));

    /// <summary>The list form of a JSON schema union.</summary>
    public static ListSchema UnionList(ScalarSchema type) =>
        type.Kind == ScalarKind.JsonSchemaOrStringArray ? StringList : new ListSchema(type.Member!);

    /// <summary>The canonical value; the same instance when it is canonical already.</summary>
    /// <exception cref="DecodeException">It is of the wrong type or form.</exception>
    public static Value Normalize(ScalarSchema type, Value value, DecodeContext context) => type.Kind switch
    {
        ScalarKind.String => value is StringValue ? value : throw Mismatch(type, value, context),
        ScalarKind.Bool => value is BoolValue ? value : throw Mismatch(type, value, context),
        ScalarKind.Double => value is NumberValue ? value : throw Mismatch(type, value, context),
        ScalarKind.Int32 => Integer(type, value, int.MinValue, int.MaxValue, context),
        ScalarKind.Int64 => Integer(type, value, long.MinValue, long.MaxValue, context),
        ScalarKind.IntOrString => value is StringValue ? value : Integer(type, value, int.MinValue, int.MaxValue, context),
        ScalarKind.Bytes => Base64Text.Normalize(Text(type, value, context)),
        ScalarKind.Time when value is StringValue text && Rfc3339.IsCanonicalSeconds(text.Text) => value,
        ScalarKind.Time => Time(Text(type, value, context), Rfc3339.FormatSeconds),
        ScalarKind.MicroTime => Time(Text(type, value, context), Rfc3339.FormatMicroseconds),
        ScalarKind.Duration => Duration(Text(type, value, context)),
        ScalarKind.Quantity => Amount(value),
        _ => value,
    };

    private static StringValue Text(ScalarSchema type, Value value, DecodeContext context) =>
        value as StringValue ?? throw Mismatch(type, value, context);

    private static NumberValue Integer(ScalarSchema type, Value value, long minimum, long maximum, DecodeContext context)
    {
        if (value is NumberValue { IsWhole: true } number && number.Whole >= minimum && number.Whole <= maximum)
            return number;
        throw Mismatch(type, value, context);
    }

    private static Value Time(StringValue value, Func<DateTimeOffset, string> format)
    {
        if (!Rfc3339.TryParse(value.Text, out var time))
            throw new DecodeException($"parsing time \"{value.Text}\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"{value.Text}\" as \"2006\"");
        return time == default ? Value.Null : Keep(value, format(time));
    }

    private static StringValue Duration(StringValue value) => GoDuration.TryParse(value.Text, out var nanoseconds)
        ? Keep(value, GoDuration.Format(nanoseconds))
        : throw new DecodeException($"time: invalid duration \"{value.Text}\"");

    private static StringValue Amount(Value value)
    {
        var text = value as StringValue ?? new StringValue(value.ToString());
        if (!Quantity.TryParse(text.Text, out var quantity))
            throw new DecodeException(Quantity.FormatMessage);
        return Keep(text, quantity.ToString());
    }

    private static StringValue Keep(StringValue value, string canonical) => value.Text == canonical ? value : new StringValue(canonical);

    private static DecodeException Mismatch(ScalarSchema type, Value value, DecodeContext context)
    {
        var isInteger = type.Kind is ScalarKind.Int32 or ScalarKind.Int64 or ScalarKind.IntOrString;
        var found = value is NumberValue && isInteger
            ? "number " + value.ToString()
            : GoTypes.NameOf(value);
        return context.Mismatch(found, GoTypes.NameOf(type));
    }
}
