using System.Buffers;
using System.Buffers.Text;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Decoding;

/// <summary>Standard base64 with padding, read as Go reads it: line breaks are ignored, anything else outside the alphabet is an error.</summary>
internal static class Base64Text
{
    /// <summary>The canonical text of the same bytes.</summary>
    /// <exception cref="DecodeException">Not base64.</exception>
    public static StringValue Normalize(StringValue value)
    {
        var text = value.Text;
        if (text.AsSpan().ContainsAny('\r', '\n'))
            text = text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
        if (!Base64.IsValid(text) || text.AsSpan().ContainsAny(' ', '\t'))
            text = Reencode(text) ?? throw new DecodeException($"illegal base64 data at input byte {IllegalAt(value.Text)}");
        return text == value.Text ? value : new StringValue(text);
    }

    // Bits beyond the last byte are ignored when read and zero when written.
    private static string? Reencode(string text)
    {
        var bytes = new byte[text.Length];
        return !text.AsSpan().ContainsAny(' ', '\t') && Convert.TryFromBase64String(text, bytes, out var count)
            ? Convert.ToBase64String(bytes.AsSpan(0, count))
            : null;
    }

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/\r\n");

    private static int IllegalAt(string text)
    {
        var at = text.AsSpan().IndexOfAnyExcept(Alphabet);
        if (at >= 0 && (text[at] != '=' || at % 4 < 2))
            return at;
        return at >= 0 ? at + 1 : text.Length / 4 * 4;
    }
}
