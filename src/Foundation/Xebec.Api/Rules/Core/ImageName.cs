using System.Buffers;

namespace Xebec.Api.Rules.Core;

/// <summary>Names of container images: <c>[host[:port]/]path[:tag][@digest]</c>.</summary>
internal static class ImageName
{
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-/");

    /// <summary>
    /// The pull policy of an image that names none: Always for the tag latest, given or implied. A name that cannot be parsed counts as
    /// having no tag; validation reports it.
    /// </summary>
    public static string DefaultPullPolicy(string image) => IsLatest(image) ? "Always" : "IfNotPresent";

    private static bool IsLatest(ReadOnlySpan<char> image)
    {
        var digest = image.IndexOf('@');
        var name = digest < 0 ? image : image[..digest];
        var colon = name.LastIndexOf(':');
        var hasTag = colon > name.LastIndexOf('/');
        if (!IsPath(hasTag ? name[..colon] : name))
            return false;
        return hasTag ? name[(colon + 1)..] is "latest" : digest < 0;
    }

    private static bool IsPath(ReadOnlySpan<char> name)
    {
        var slash = name.IndexOf('/');
        var path = slash > 0 && IsHost(name[..slash]) ? name[(slash + 1)..] : name;
        return path.Length > 0 && !path.ContainsAnyExcept(PathCharacters);
    }

    private static bool IsHost(ReadOnlySpan<char> first) =>
        first is "localhost" || first.ContainsAny('.', ':') || first.ContainsAnyInRange('A', 'Z');
}
