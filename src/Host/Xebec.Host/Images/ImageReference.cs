namespace Xebec.Host.Images;

/// <summary>An image's full name, as containerd keeps it: registry, repository and tag are always there.</summary>
internal static class ImageReference
{
    /// <summary>Adds docker.io, library and latest where a short name leaves them out.</summary>
    /// <exception cref="HostException">The text cannot be an image's name.</exception>
    public static string Normalize(string name)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAny(" \t\n\"'\\") || name[0] is '-' or '/' or ':')
            throw new HostException($"\"{name}\" is not an image name; use NAME or NAME:TAG");
        var slash = name.IndexOf('/');
        var head = slash < 0 ? "" : name[..slash];
        var hasRegistry = head == "localhost" || head.AsSpan().ContainsAny('.', ':');
        var full = hasRegistry ? name : slash < 0 ? "docker.io/library/" + name : "docker.io/" + name;
        var isTagged = full.Contains('@') || full.LastIndexOf(':') > full.LastIndexOf('/');
        return isTagged ? full : full + ":latest";
    }
}
