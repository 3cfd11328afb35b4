using System.Globalization;

namespace Xebec.ApiServer.Discovery;

/// <summary>Versions from the most to the least stable and new one: v10, v2, v1, v11beta2, v3beta1, v1alpha1, then other names.</summary>
internal sealed class VersionOrder : IComparer<string>
{
    public static readonly VersionOrder Instance = new();

    private VersionOrder()
    {
    }

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var (a, b) = (Parse(x ?? ""), Parse(y ?? ""));
        return a is null || b is null
            ? (a is null ? 1 : 0) - (b is null ? 1 : 0) is not 0 and var known ? known : string.CompareOrdinal(x, y)
            : b.Value.CompareTo(a.Value);
    }

    // Stability (2 is GA), major, number after alpha or beta.
    private static (int Stability, int Major, int Minor)? Parse(string version)
    {
        if (version.Length < 2 || version[0] != 'v')
            return null;
        var end = 1;
        while (end < version.Length && char.IsAsciiDigit(version[end]))
            end++;
        if (!TryNumber(version.AsSpan(1, end - 1), out var major))
            return null;
        var rest = version.AsSpan(end);
        if (rest.IsEmpty)
            return (2, major, 0);
        var (stability, word) = rest.StartsWith("beta") ? (1, 4) : rest.StartsWith("alpha") ? (0, 5) : (-1, 0);
        return stability >= 0 && TryNumber(rest[word..], out var minor) ? (stability, major, minor) : null;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
