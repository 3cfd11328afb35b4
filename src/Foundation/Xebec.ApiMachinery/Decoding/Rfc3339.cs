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

    /// <summary>Whether a text is a valid time in the form that <see cref="FormatSeconds"/> writes, and not the zero time.</summary>
    internal static bool IsCanonicalSeconds(ReadOnlySpan<char> text)
    {
        if (text.Length != 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
            return false;
        var (year, month, day) = (Digits(text[..4]), Digits(text.Slice(5, 2)), Digits(text.Slice(8, 2)));
        return year > 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && (uint)Digits(text.Slice(11, 2)) < 24 && (uint)Digits(text.Slice(14, 2)) < 60 && (uint)Digits(text.Slice(17, 2)) < 60;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var number = 0;
        foreach (var letter in text)
        {
            if (!char.IsAsciiDigit(letter))
                return -1;
            number = (number * 10) + (letter - '0');
        }

        return number;
    }

    /// <summary>metav1.Time: UTC in whole seconds.</summary>
    public static string FormatSeconds(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>metav1.MicroTime: UTC with exactly six digits.</summary>
    public static string FormatMicroseconds(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
