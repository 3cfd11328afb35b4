using System.Globalization;
using System.Text;

namespace Xebec.Kubelet.Server;

/// <summary>A line of a container's log file as CRI writes it: TIME STREAM TAG MESSAGE; tag P means the line goes on. Pure.</summary>
internal readonly ref struct CriLogLine
{
    public required ReadOnlySpan<byte> Time { get; init; }

    public required ReadOnlySpan<byte> Stream { get; init; }

    public required bool IsPartial { get; init; }

    public required ReadOnlySpan<byte> Message { get; init; }

    /// <summary>Parses a line without its newline; false when it is not in this format.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out CriLogLine parsed)
    {
        parsed = default;
        var first = line.IndexOf((byte)' ');
        if (first < 0)
            return false;
        var rest = line[(first + 1)..];
        var second = rest.IndexOf((byte)' ');
        if (second < 0)
            return false;
        var tagged = rest[(second + 1)..];
        var third = tagged.IndexOf((byte)' ');
        var tag = third < 0 ? tagged : tagged[..third];
        parsed = new CriLogLine
        {
            Time = line[..first],
            Stream = rest[..second],
            IsPartial = tag.StartsWith("P"u8),
            Message = third < 0 ? default : tagged[(third + 1)..],
        };
        return tag.Length > 0;
    }

    /// <summary>When it was written; null when that cannot be read.</summary>
    public DateTimeOffset? Timestamp => DateTimeOffset.TryParse(
        Encoding.ASCII.GetString(Time), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) ? time : null;
}
