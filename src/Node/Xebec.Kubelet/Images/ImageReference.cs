using System.Text.RegularExpressions;

namespace Xebec.Kubelet.Images;

/// <summary>Image names as pod specs write them. Pure.</summary>
internal static partial class ImageReference
{
    private const string DefaultRegistry = "docker.io";

    public static bool IsValid(string image) => image.Length is > 0 and <= 1024 && Pattern().IsMatch(image);

    /// <summary>The name with :latest if it has neither tag nor digest.</summary>
    public static string WithTag(string image) => HasTagOrDigest(image) ? image : image + ":latest";

    /// <summary>The pull policy where the spec gives none: Always for latest, else IfNotPresent.</summary>
    public static string DefaultPullPolicy(string image) =>
        !image.Contains('@', StringComparison.Ordinal) && WithTag(image).EndsWith(":latest", StringComparison.Ordinal)
            ? PullPolicy.Always
            : PullPolicy.IfNotPresent;

    /// <summary>The registry's host of an image; docker.io where the name has none.</summary>
    public static string Registry(string image)
    {
        var slash = image.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
            return DefaultRegistry;
        var first = image[..slash];
        return first == "localhost" || first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal)
            ? first
            : DefaultRegistry;
    }

    private static bool HasTagOrDigest(string image) =>
        image.Contains('@', StringComparison.Ordinal) || image.LastIndexOf(':') > image.LastIndexOf('/');

    [GeneratedRegex(@"^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::[0-9]+)?/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*(?::[\w][\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[+._-][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$")]
    private static partial Regex Pattern();
}
