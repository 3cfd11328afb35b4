using System.Globalization;

namespace Xebec.ApiServer.Endpoints;

/// <summary>One media range of an Accept header, with the parameters that ask for another representation.</summary>
/// <param name="Type">For example application/json, in lower case.</param>
/// <param name="As">Table, PartialObjectMetadata, PartialObjectMetadataList, or empty.</param>
/// <param name="Group">The representation's group, meta.k8s.io.</param>
/// <param name="Version">The representation's version.</param>
/// <param name="Quality">How much the client likes it, up to 1.</param>
/// <param name="IsPretty">Indented, for people.</param>
internal readonly record struct MediaRange(string Type, string As, string Group, string Version, double Quality, bool IsPretty)
{
    /// <summary>Whether a media type is in the range.</summary>
    public bool Includes(string mediaType) => Type == mediaType || Type is "*/*" or "application/*";

    /// <summary>The ranges of a header, the one liked best first; among equals what names its type goes before what does not.</summary>
    public static IReadOnlyList<MediaRange> ParseAll(string accept)
    {
        var ranges = accept.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Parse);
        return accept.Contains("q=", StringComparison.Ordinal) || accept.Contains('*', StringComparison.Ordinal)
            ? [.. ranges.OrderByDescending(r => r.Quality).ThenBy(r => r.Type == "*/*" ? 2 : r.Type.EndsWith("/*", StringComparison.Ordinal) ? 1 : 0)]
            : [.. ranges];
    }

    /// <summary>Reads a range; unknown parameters are ignored.</summary>
    public static MediaRange Parse(string text)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries);
        var range = new MediaRange(parts[0].ToLowerInvariant(), "", "", "", 1, false);
        foreach (var part in parts.AsSpan(1))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                range = range.With(part[..equals].TrimEnd(), part[(equals + 1)..].TrimStart());
        }

        return range;
    }

    private MediaRange With(string parameter, string value) => parameter switch
    {
        "as" => this with { As = value },
        "g" => this with { Group = value },
        "v" => this with { Version = value },
        "q" => this with { Quality = double.TryParse(value, CultureInfo.InvariantCulture, out var quality) ? quality : 1 },
        "pretty" => this with { IsPretty = value == "1" },
        _ => this,
    };
}
