using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Values;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Xebec.ApiMachinery.Yaml;

/// <summary>What plain scalars mean: the YAML 1.1 words and numbers that upstream's parser knows; timestamps stay text.</summary>
internal static partial class YamlScalars
{
    private static readonly Dictionary<string, Value> Words = new(StringComparer.Ordinal)
    {
        [""] = Value.Null,
        ["~"] = Value.Null,
        ["null"] = Value.Null,
        ["Null"] = Value.Null,
        ["NULL"] = Value.Null,
    };

    static YamlScalars()
    {
        foreach (var word in new[] { "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON" })
            Words[word] = true;
        foreach (var word in new[] { "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF" })
            Words[word] = false;
    }

    /// <summary>The value of a scalar event.</summary>
    /// <exception cref="DecodeException">A number JSON cannot hold (.inf, .nan) or a wrong explicit tag.</exception>
    public static Value Resolve(Scalar scalar)
    {
        var tag = scalar.Tag.IsEmpty ? "" : scalar.Tag.Value.Replace("tag:yaml.org,2002:", "!!", StringComparison.Ordinal);
        if (tag == "!!binary")
            return Binary(scalar);
        if (tag is "!!str" or "!" || (tag.Length == 0 && scalar.Style != ScalarStyle.Plain))
            return scalar.Value;
        var value = ResolvePlain(scalar.Value);
        if (tag == "!!float" && value is NumberValue number)
            return new NumberValue(number.Real);
        return value ?? throw new DecodeException($"yaml: line {scalar.Start.Line}: json: unsupported value: {scalar.Value}");
    }

    /// <summary>Whether a plain scalar of this text would be read as text.</summary>
    public static bool IsText(string text) => ResolvePlain(text) is StringValue;

    /// <summary>Whether other parsers read a plain scalar of this text as a time; ours does not.</summary>
    public static bool IsTimestamp(string text) => text.Length >= 8 && char.IsAsciiDigit(text[0]) && Timestamp().IsMatch(text);

    // Null for a number that JSON has no form for.
    private static Value? ResolvePlain(string text)
    {
        if (Words.TryGetValue(text, out var word))
            return word;
        if (text.Length > 1 && InfinityOrNaN().IsMatch(text))
            return null;
        if (!char.IsAsciiDigit(text[0]) && text[0] is not ('+' or '-' or '.'))
            return text;
        var digits = text.Replace("_", "", StringComparison.Ordinal);
        if (TryParseInteger(digits, out var whole))
            return whole;
        if (Float().IsMatch(digits) && double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var real))
            return double.IsFinite(real) ? new NumberValue(real) : null;
        return text;
    }

    private static bool TryParseInteger(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        var negative = text.StartsWith("-");
        if (negative || text.StartsWith("+"))
            text = text[1..];
        if (text.IsEmpty || !char.IsAsciiDigit(text[0]))
            return false;
        var radix = RadixOf(ref text);
        var magnitude = 0UL;
        foreach (var letter in text)
        {
            var digit = char.IsAsciiHexDigit(letter) ? Convert.ToInt32(letter.ToString(), 16) : 99;
            if (digit >= radix || magnitude > (ulong.MaxValue - (ulong)digit) / (ulong)radix)
                return false;
            magnitude = (magnitude * (ulong)radix) + (ulong)digit;
        }

        if (text.IsEmpty || magnitude > (negative ? 1UL << 63 : long.MaxValue))
            return false;
        value = negative ? unchecked(-(long)magnitude) : (long)magnitude;
        return true;
    }

    private static int RadixOf(ref ReadOnlySpan<char> text)
    {
        var radix = text.Length < 2 || text[0] != '0' ? 10 : text[1] switch
        {
            'x' or 'X' => 16,
            'b' or 'B' => 2,
            _ => 8,
        };
        if (radix != 10)
            text = text[1] is 'x' or 'X' or 'b' or 'B' or 'o' or 'O' ? text[2..] : text[1..];
        return radix;
    }

    private static Value Binary(Scalar scalar)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(scalar.Value));
        }
        catch (FormatException)
        {
            throw new DecodeException($"yaml: line {scalar.Start.Line}: !!binary value contains invalid base64 data");
        }
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")]
    private static partial Regex Float();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ][0-9]{1,2}:[0-9]{2}:[0-9]{2}(\.[0-9]*)?( ?(Z|[-+][0-9]{2}:[0-9]{2}))?)?$")]
    private static partial Regex Timestamp();

    [GeneratedRegex(@"^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$")]
    private static partial Regex InfinityOrNaN();
}
