using System.Globalization;

namespace Xebec.ApiMachinery.Decoding;

/// <summary>Times as the API writes them.</summary>
public static class Rfc3339
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    /// <summary>Parses an RFC 3339 time; digits beyond 100 ns are cut off.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < 20 || text[10] != 'T')
            return false;
        var end = 19;
        if (text[19] == '.')
        {
            end = 20;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
                end++;
            if (end == 20)
                return false;
        }

        if (end > 27)
            text = string.Concat(text[..27], text[end..]);
        return DateTimeOffset.TryParseExact(
            text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }

    /// <summary>metav1.Time: UTC in whole seconds.</summary>
    public static string FormatSeconds(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>metav1.MicroTime: UTC with exactly six digits.</summary>
    public static string FormatMicroseconds(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
