namespace Xebec.ApiServer.Endpoints;

/// <summary>One media range of an Accept header, with the parameters that ask for another representation.</summary>
/// <param name="Type">For example application/json, in lower case.</param>
/// <param name="As">Table, PartialObjectMetadata, PartialObjectMetadataList, or empty.</param>
/// <param name="Group">The representation's group, meta.k8s.io.</param>
/// <param name="Version">The representation's version.</param>
internal readonly record struct MediaRange(string Type, string As, string Group, string Version)
{
    /// <summary>Reads a range; unknown parameters are ignored.</summary>
    public static MediaRange Parse(string text)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries);
        var (representation, group, version) = ("", "", "");
        foreach (var part in parts.AsSpan(1))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
                continue;
            var value = part[(equals + 1)..];
            switch (part[..equals])
            {
                case "as":
                    representation = value;
                    break;
                case "g":
                    group = value;
                    break;
                case "v":
                    version = value;
                    break;
            }
        }

        return new MediaRange(parts[0].ToLowerInvariant(), representation, group, version);
    }
}
