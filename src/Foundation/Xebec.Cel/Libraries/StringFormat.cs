using System.Globalization;
using System.Text;
using Xebec.Cel.Values;

namespace Xebec.Cel.Libraries;

/// <summary>format: %s, %d, %f, %e, %b, %o, %x and %X (cel-go's strings extension).</summary>
internal static class StringFormat
{
    private const int MaximumPrecision = 100;

    public static CelValue Format(string format, CelList arguments)
    {
        var text = new StringBuilder();
        var used = 0;
        for (var at = 0; at < format.Length; at++)
        {
            if (format[at] != '%')
            {
                text.Append(format[at]);
                continue;
            }

            if (++at < format.Length && format[at] == '%')
            {
                text.Append('%');
                continue;
            }

            if (!TryPrecision(format, ref at, out var precision))
                return new CelError("could not parse formatting clause: error while parsing precision");
            if (at >= format.Length)
                return new CelError("could not parse formatting clause: unexpected end of string");
            if (used >= arguments.Count)
                return new CelError($"index {used} out of range");
            if (Clause(format[at], precision, arguments[used++], text) is { } error)
                return error;
            if (text.Length > Text.MaximumLength)
                return Text.TooLong();
        }

        return new CelString(text.ToString());
    }

    private static bool TryPrecision(string format, ref int at, out int? precision)
    {
        precision = null;
        if (at >= format.Length || format[at] != '.')
            return true;
        var start = ++at;
        while (at < format.Length && char.IsAsciiDigit(format[at]))
            at++;
        if (!int.TryParse(format.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value > MaximumPrecision)
            return false;
        precision = value;
        return true;
    }

    private static CelError? Clause(char verb, int? precision, CelValue value, StringBuilder text)
    {
        if (value is CelError failed)
            return failed;
        var written = verb switch
        {
            's' => Show(value),
            'd' => Decimal(value),
            'f' => Real(value) is { } number ? number.ToString($"F{precision ?? 6}", CultureInfo.InvariantCulture) : Special(value),
            'e' => Real(value) is { } number ? Scientific(number, precision ?? 6) : Special(value),
            'b' => Binary(value),
            'o' => Whole(value) is { } whole ? Radix(whole, 8) : null,
            'x' => Hex(value)?.ToLowerInvariant(),
            'X' => Hex(value)?.ToUpperInvariant(),
            _ => "",
        };
        if (written is null)
            return new CelError($"error during formatting: {Refusal(verb)}, was given {value.Type.Name}");
        if (verb is not ('s' or 'd' or 'f' or 'e' or 'b' or 'o' or 'x' or 'X'))
            return new CelError($"could not parse formatting clause: unrecognized formatting clause \"{verb}\"");
        text.Append(written);
        return null;
    }

    private static string Refusal(char verb) => verb switch
    {
        'd' => "decimal clause can only be used on numbers",
        'f' => "fixed-point clause can only be used on doubles",
        'e' => "scientific clause can only be used on doubles",
        'b' => "only integers and bools can be formatted as binary",
        'o' => "octal clause can only be used on integers",
        'x' or 'X' => "only integers, byte buffers, and strings can be formatted as hex",
        _ => "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps",
    };

    private static string? Show(CelValue value) => value switch
    {
        CelList list => $"[{string.Join(", ", Enumerable.Range(0, list.Count).Select(i => Show(list[i])))}]",
        CelMap map => $"{{{string.Join(", ", map.Keys.Select(k => $"{Show(k)}: {Show(map.At(k))}").Order(StringComparer.Ordinal))}}}",
        CelNull => "null",
        CelTypeValue type => type.Named.Name,
        CelBytes bytes => Encoding.UTF8.GetString(bytes.Bytes),
        CelString or CelBool or CelInt or CelUint or CelDuration or CelTimestamp => ConversionLibrary.Show(value),
        CelDouble number when !double.IsFinite(number.Number) => Special(value),
        CelDouble => ConversionLibrary.Show(value),
        _ => null,
    };

    private static string? Decimal(CelValue value) => value switch
    {
        CelInt or CelUint => ConversionLibrary.Show(value),
        CelDouble number => double.IsFinite(number.Number) ? ConversionLibrary.Show(value) : Special(value),
        _ => null,
    };

    private static double? Real(CelValue value) => value switch
    {
        CelDouble number when double.IsFinite(number.Number) => number.Number,
        CelInt number => number.Number,
        CelUint number => number.Number,
        _ => null,
    };

    private static string? Special(CelValue value) => value switch
    {
        CelDouble { Number: double.NaN } or CelString { Text: "NaN" } => "NaN",
        CelDouble { Number: double.PositiveInfinity } or CelString { Text: "Infinity" } => "Infinity",
        CelDouble { Number: double.NegativeInfinity } or CelString { Text: "-Infinity" } => "-Infinity",
        _ => null,
    };

    private static string Scientific(double number, int precision) =>
        number.ToString((precision == 0 ? "0" : "0." + new string('0', precision)) + "e+00", CultureInfo.InvariantCulture);

    private static string? Binary(CelValue value) => value is CelBool flag ? flag.Flag ? "1" : "0" : Whole(value) is { } whole ? Radix(whole, 2) : null;

    private static Int128? Whole(CelValue value) => value switch
    {
        CelInt number => number.Number,
        CelUint number => number.Number,
        _ => null,
    };

    private static string? Hex(CelValue value) => value switch
    {
        CelString text => Convert.ToHexString(Encoding.UTF8.GetBytes(text.Text)),
        CelBytes bytes => Convert.ToHexString(bytes.Bytes),
        _ => Whole(value) is { } whole ? Radix(whole, 16) : null,
    };

    private static string Radix(Int128 number, int radix)
    {
        var digits = new StringBuilder();
        var left = Int128.Abs(number);
        do
        {
            digits.Insert(0, "0123456789abcdef"[(int)(left % radix)]);
            left /= radix;
        }
        while (left > 0);
        return number < 0 ? "-" + digits : digits.ToString();
    }
}
