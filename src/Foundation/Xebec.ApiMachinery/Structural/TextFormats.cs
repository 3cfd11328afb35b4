using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Names;

namespace Xebec.ApiMachinery.Structural;

/// <summary>The formats of strings that are checked (k8s.io/kube-openapi/pkg/validation/strfmt); all others are left alone, as upstream.</summary>
public static partial class TextFormats
{
    private static readonly Dictionary<string, Func<string, bool>> Checks = new(StringComparer.Ordinal)
    {
        ["bsonobjectid"] = text => BsonObjectId().IsMatch(text),
        ["uri"] = IsUri,
        ["email"] = text => Email().IsMatch(text),
        ["hostname"] = IsHostName,
        ["ipv4"] = text => IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork && text.Count(c => c == '.') == 3,
        ["ipv6"] = text => IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
            && !text.Contains('%', StringComparison.Ordinal) && text[0] != '[',
        ["cidr"] = IsCidr,
        ["mac"] = text => Mac().IsMatch(text),
        ["uuid"] = text => Uuid().IsMatch(text),
        ["uuid3"] = text => Uuid3().IsMatch(text),
        ["uuid4"] = text => Uuid4().IsMatch(text),
        ["uuid5"] = text => Uuid5().IsMatch(text),
        ["isbn"] = text => IsIsbn10(text) || IsIsbn13(text),
        ["isbn10"] = IsIsbn10,
        ["isbn13"] = IsIsbn13,
        ["creditcard"] = IsCreditCard,
        ["ssn"] = text => SocialSecurityNumber().IsMatch(text),
        ["hexcolor"] = text => HexColor().IsMatch(text),
        ["rgbcolor"] = text => RgbColor().IsMatch(text),
        ["byte"] = text => Convert.TryFromBase64String(text, new byte[text.Length], out _),
        ["password"] = _ => true,
        ["date"] = text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        ["duration"] = text => Quantities.GoDuration.TryParse(text, out _) || LongDuration().IsMatch(text),
        ["datetime"] = IsDateTime,
        ["date-time"] = IsDateTime,
        ["k8s-short-name"] = text => NameRules.DnsLabel(text).Count == 0,
        ["k8s-long-name"] = text => NameRules.DnsSubdomain(text).Count == 0,
    };

    /// <summary>Whether a format is one that is checked.</summary>
    public static bool IsChecked(string format) => Checks.ContainsKey(format);

    /// <summary>Whether a text has a format; true for formats that are not checked.</summary>
    public static bool IsValid(string format, string text) =>
        !Checks.TryGetValue(format, out var check) || (text.Length > 0 ? check(text) : format is "byte" or "password");

    private static bool IsDateTime(string text) => Rfc3339.TryParse(text.Replace('t', 'T').Replace('z', 'Z'), out _);

    private static bool IsUri(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out _) || (text[0] == '/' && Uri.IsWellFormedUriString(text, UriKind.Relative));

    private static bool IsHostName(string text) => text.Length <= 255 && HostName().IsMatch(text);

    private static bool IsCidr(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && IPAddress.TryParse(text.AsSpan(0, slash), out var address)
            && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            && bits <= (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
    }

    private static bool IsIsbn10(string text)
    {
        var digits = text.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (!Isbn10().IsMatch(digits))
            return false;
        var sum = 0;
        for (var i = 0; i < 10; i++)
            sum += (10 - i) * (digits[i] == 'X' ? 10 : digits[i] - '0');
        return sum % 11 == 0;
    }

    private static bool IsIsbn13(string text)
    {
        var digits = text.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (digits.Length != 13 || !digits.All(char.IsAsciiDigit))
            return false;
        var sum = 0;
        for (var i = 0; i < 13; i++)
            sum += (i % 2 == 0 ? 1 : 3) * (digits[i] - '0');
        return sum % 10 == 0;
    }

    private static bool IsCreditCard(string text)
    {
        var digits = text.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (digits.Length is < 12 or > 19 || !digits.All(char.IsAsciiDigit))
            return false;
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i] - '0';
            sum += i % 2 == 0 ? digit : digit > 4 ? (digit * 2) - 9 : digit * 2;
        }

        return sum % 10 == 0;
    }

    [GeneratedRegex("^[0-9A-Fa-f]{24}\\z")]
    private static partial Regex BsonObjectId();

    [GeneratedRegex("^[^\\s@<>()\\[\\],;:\"]+@[^\\s@<>()\\[\\],;:\"]+\\z")]
    private static partial Regex Email();

    private const string HostLabel = "[a-zA-Z0-9\\p{L}]([a-zA-Z0-9\\p{L}-]{0,61}[a-zA-Z0-9\\p{L}])?";

    [GeneratedRegex($"^{HostLabel}(\\.{HostLabel})*\\.?\\z")]
    private static partial Regex HostName();

    [GeneratedRegex("^([0-9A-Fa-f]{2}([:-])([0-9A-Fa-f]{2}\\2){4}[0-9A-Fa-f]{2}|([0-9A-Fa-f]{4}\\.){2}[0-9A-Fa-f]{4})\\z")]
    private static partial Regex Mac();

    [GeneratedRegex("^(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\\z")]
    private static partial Regex Uuid();

    [GeneratedRegex("^(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?3[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}\\z")]
    private static partial Regex Uuid3();

    [GeneratedRegex("^(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}\\z")]
    private static partial Regex Uuid4();

    [GeneratedRegex("^(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?5[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}\\z")]
    private static partial Regex Uuid5();

    [GeneratedRegex("^[0-9]{9}[0-9X]\\z")]
    private static partial Regex Isbn10();

    [GeneratedRegex("^\\d{3}[- ]?\\d{2}[- ]?\\d{4}\\z")]
    private static partial Regex SocialSecurityNumber();

    [GeneratedRegex("^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})\\z")]
    private static partial Regex HexColor();

    [GeneratedRegex("^rgb\\(\\s*(0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])\\s*(,\\s*(0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])\\s*){2}\\)\\z")]
    private static partial Regex RgbColor();

    private const string DurationUnit = "ns|nanos?|nanoseconds?|us|µs|micros?|microseconds?|ms|millis?|milliseconds?|"
        + "s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?";

    [GeneratedRegex($"^(\\d+(\\.\\d+)?\\s*({DurationUnit})\\s*)+\\z")]
    private static partial Regex LongDuration();
}
