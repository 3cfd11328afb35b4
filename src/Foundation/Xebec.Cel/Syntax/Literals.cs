using System.Buffers;
using System.Globalization;
using System.Text;
using Xebec.Cel.Values;

namespace Xebec.Cel.Syntax;

/// <summary>The values of literal tokens.</summary>
internal static class Literals
{
    public static CelValue Read(Token token, bool negative) => token.Kind switch
    {
        TokenKind.Int => ReadInt(token, negative),
        TokenKind.Uint => ReadUint(token),
        TokenKind.Double => ReadDouble(token, negative),
        TokenKind.String => new CelString(ReadText(token)),
        TokenKind.Bytes => new CelBytes(ReadBytes(token)),
        TokenKind.True => CelBool.True,
        TokenKind.False => CelBool.False,
        _ => CelNull.Instance,
    };

    private static CelInt ReadInt(Token token, bool negative)
    {
        var magnitude = Magnitude(token.Text) ?? throw new SyntaxException(token.Offset, "invalid int literal");
        if (magnitude > (negative ? 1UL << 63 : long.MaxValue))
            throw new SyntaxException(token.Offset, "invalid int literal");
        return CelInt.Of(negative ? unchecked(-(long)magnitude) : (long)magnitude);
    }

    private static CelUint ReadUint(Token token) =>
        Magnitude(token.Text[..^1]) is { } value ? new CelUint(value) : throw new SyntaxException(token.Offset, "invalid uint literal");

    private static CelDouble ReadDouble(Token token, bool negative)
    {
        var value = double.Parse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
            throw new SyntaxException(token.Offset, "invalid double literal");
        return new CelDouble(negative ? -value : value);
    }

    private static ulong? Magnitude(string digits)
    {
        var isHex = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return ulong.TryParse(isHex ? digits.AsSpan(2) : digits, style, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private static (string Body, bool Raw) Unquote(Token token)
    {
        var quoteAt = token.Text.AsSpan().IndexOfAny('"', '\'');
        var isRaw = token.Text.AsSpan(0, quoteAt).IndexOfAny('r', 'R') >= 0;
        var body = token.Text.AsSpan(quoteAt);
        var width = body.Length >= 6 && body[1] == body[0] && body[2] == body[0] ? 3 : 1;
        return (body[width..^width].ToString().Replace("\r\n", "\n", StringComparison.Ordinal), isRaw);
    }

    private static string ReadText(Token token)
    {
        var (body, isRaw) = Unquote(token);
        if (isRaw || !body.Contains('\\', StringComparison.Ordinal))
            return body;
        var text = new StringBuilder(body.Length);
        for (var at = 0; at < body.Length;)
        {
            if (body[at] != '\\')
                text.Append(body[at++]);
            else if (Rune.TryCreate(Escape(token, body, ref at, out _), out var rune))
                text.Append(rune.ToString());
            else
                throw new SyntaxException(token.Offset, "unable to unescape string");
        }

        return text.ToString();
    }

    private static byte[] ReadBytes(Token token)
    {
        var (body, isRaw) = Unquote(token);
        if (isRaw)
            return Encoding.UTF8.GetBytes(body);
        var bytes = new ArrayBufferWriter<byte>(body.Length + 1);
        Span<byte> utf8 = stackalloc byte[4];
        for (var at = 0; at < body.Length;)
        {
            if (body[at] != '\\')
            {
                Rune.DecodeFromUtf16(body.AsSpan(at), out var plain, out var used);
                at += used;
                bytes.Write(utf8[..plain.EncodeToUtf8(utf8)]);
                continue;
            }

            var value = Escape(token, body, ref at, out var isUnicode);
            if (isUnicode)
                throw new SyntaxException(token.Offset, "unable to unescape string");
            bytes.Write([(byte)value]);
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static int Escape(Token token, string body, ref int at, out bool isUnicode)
    {
        var letter = body[at + 1];
        isUnicode = letter is 'u' or 'U';
        var (digits, radix) = letter switch
        {
            'x' or 'X' => (2, 16),
            'u' => (4, 16),
            'U' => (8, 16),
            >= '0' and <= '3' => (3, 8),
            _ => (0, 0),
        };
        if (digits == 0)
        {
            at += 2;
            return Single(letter) ?? throw new SyntaxException(token.Offset, "unable to unescape string");
        }

        var from = radix == 8 ? at + 1 : at + 2;
        if (from + digits > body.Length || Number(body.AsSpan(from, digits), radix) is not { } value)
            throw new SyntaxException(token.Offset, "unable to unescape string");
        at = from + digits;
        return value;
    }

    private static int? Number(ReadOnlySpan<char> digits, int radix)
    {
        var value = 0L;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit) || Convert.ToInt32(digit.ToString(), 16) is var number && number >= radix)
                return null;
            value = value * radix + number;
        }

        return value <= 0x10FFFF ? (int)value : null;
    }

    private static int? Single(char letter) => letter switch
    {
        'a' => 7,
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\v',
        '\\' or '?' or '"' or '\'' or '`' => letter,
        _ => null,
    };
}
