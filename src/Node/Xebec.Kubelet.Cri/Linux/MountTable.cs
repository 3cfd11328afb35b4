namespace Xebec.Kubelet.Cri.Linux;

/// <summary>This process's mounts, from /proc/self/mountinfo.</summary>
internal static class MountTable
{
    private const int PathField = 4;
    private const int OptionalFieldsStart = 6;

    /// <summary>Every mount, oldest first: a later one at the same path covers the earlier.</summary>
    public static IReadOnlyList<MountEntry> Read() => Parse(File.ReadLines("/proc/self/mountinfo"));

    public static IReadOnlyList<MountEntry> Parse(IEnumerable<string> lines) => [.. lines.Select(ParseLine)];

    private static MountEntry ParseLine(string line)
    {
        var fields = line.Split(' ');
        var separator = Array.IndexOf(fields, "-", OptionalFieldsStart);
        var shared = fields.AsSpan(OptionalFieldsStart, separator - OptionalFieldsStart).ContainsAnyPrefix("shared:");
        return new MountEntry(Unescape(fields[PathField]), fields[separator + 1], shared, fields[separator + 3]);
    }

    private static bool ContainsAnyPrefix(this Span<string> fields, string prefix)
    {
        foreach (var field in fields)
        {
            if (field.StartsWith(prefix, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    /// <summary>The kernel writes space, tab, newline and backslash as three octal digits.</summary>
    private static string Unescape(string path) => path.Contains('\\', StringComparison.Ordinal)
        ? path.Replace("\\040", " ").Replace("\\011", "\t").Replace("\\012", "\n").Replace("\\134", "\\") : path;
}
