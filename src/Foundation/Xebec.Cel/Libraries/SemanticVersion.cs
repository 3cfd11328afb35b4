using System.Globalization;

namespace Xebec.Cel.Libraries;

/// <summary>A version of semver.org 2.0.0.</summary>
internal sealed class SemanticVersion
{
    private readonly string[] _prerelease;

    private SemanticVersion(ulong major, ulong minor, ulong patch, string[] prerelease)
    {
        Major = major;
        Minor = minor;
        Patch = patch;
        _prerelease = prerelease;
    }

    public ulong Major { get; }

    public ulong Minor { get; }

    public ulong Patch { get; }

    /// <summary>The version; null, with the reason, when the text is none.</summary>
    public static SemanticVersion? Parse(string text, bool normalize, out string? why)
    {
        var normal = normalize ? Normalize(text) : text;
        if (normal is null)
        {
            why = "short version cannot contain PreRelease/Build meta data";
            return null;
        }

        why = normal.Length == 0 ? "Version string empty" : "No Major.Minor.Patch elements found";
        var parts = normal.Split('.', 3);
        if (parts.Length != 3)
            return null;
        var plus = parts[2].IndexOf('+', StringComparison.Ordinal);
        var build = plus < 0 ? null : parts[2][(plus + 1)..].Split('.');
        var rest = plus < 0 ? parts[2] : parts[2][..plus];
        var dash = rest.IndexOf('-', StringComparison.Ordinal);
        var prerelease = dash < 0 ? [] : rest[(dash + 1)..].Split('.');
        if (!TryNumber(parts[0], "Major", out var major, ref why) || !TryNumber(parts[1], "Minor", out var minor, ref why)
            || !TryNumber(dash < 0 ? rest : rest[..dash], "Patch", out var patch, ref why))
            return null;
        why = prerelease.Select(WrongPrerelease).Concat((build ?? []).Select(WrongBuild)).FirstOrDefault(w => w is not null);
        return why is null ? new SemanticVersion(major, minor, patch, prerelease) : null;
    }

    public int CompareTo(SemanticVersion other)
    {
        var order = Major != other.Major ? Major.CompareTo(other.Major)
            : Minor != other.Minor ? Minor.CompareTo(other.Minor)
            : Patch.CompareTo(other.Patch);
        if (order != 0)
            return Math.Sign(order);
        if (_prerelease.Length == 0 || other._prerelease.Length == 0)
            return (_prerelease.Length == 0 ? 1 : 0) - (other._prerelease.Length == 0 ? 1 : 0);
        for (var i = 0; i < Math.Min(_prerelease.Length, other._prerelease.Length); i++)
        {
            order = ComparePart(_prerelease[i], other._prerelease[i]);
            if (order != 0)
                return order;
        }

        return _prerelease.Length.CompareTo(other._prerelease.Length);
    }

    // Without a v in front and leading zeros, and with the minor and patch numbers it lacks.
    private static string? Normalize(string text)
    {
        var parts = (text.StartsWith('v') ? text[1..] : text).Split('.', 3);
        for (var i = 0; i < parts.Length; i++)
        {
            var trimmed = parts[i].Length > 1 ? parts[i].TrimStart('0') : parts[i];
            parts[i] = parts[i].Length > 1 && (trimmed.Length == 0 || !char.IsAsciiDigit(trimmed[0])) ? "0" + trimmed : trimmed;
        }

        if (parts.Length < 3 && parts[^1].AsSpan().ContainsAny('+', '-'))
            return null;
        return string.Join('.', parts.Concat(Enumerable.Repeat("0", 3 - parts.Length)));
    }

    private static bool TryNumber(string text, string name, out ulong number, ref string? why)
    {
        var isNumber = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        why = !isNumber
            ? $"Invalid character(s) found in {name.ToLowerInvariant()} number \"{text}\""
            : $"{name} number must not contain leading zeroes \"{text}\"";
        return isNumber && (text.Length == 1 || text[0] != '0');
    }

    private static string? WrongPrerelease(string part)
    {
        if (part.Length == 0)
            return "Prerelease is empty";
        if (!part.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return part.Length > 1 && part[0] == '0' ? $"Numeric PreRelease version must not contain leading zeroes \"{part}\"" : null;
        return part.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? null : $"Invalid character(s) found in prerelease \"{part}\"";
    }

    private static string? WrongBuild(string part) =>
        part.Length == 0 ? "Build meta data is empty"
        : part.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? null : $"Invalid character(s) found in build meta data \"{part}\"";

    // Numbers come before names.
    private static int ComparePart(string left, string right)
    {
        var leftIsNumber = !left.AsSpan().ContainsAnyExceptInRange('0', '9');
        var rightIsNumber = !right.AsSpan().ContainsAnyExceptInRange('0', '9');
        if (leftIsNumber != rightIsNumber)
            return leftIsNumber ? -1 : 1;
        return leftIsNumber && left.Length != right.Length
            ? left.Length.CompareTo(right.Length)
            : Math.Sign(string.CompareOrdinal(left, right));
    }
}
