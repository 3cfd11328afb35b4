namespace Xebec.Kubelet.Runtime;

/// <summary>An image on the node.</summary>
public sealed record Image(string Id)
{
    /// <summary>Its names with tags.</summary>
    public IReadOnlyList<string> RepoTags { get; init; } = [];

    /// <summary>Its names with digests.</summary>
    public IReadOnlyList<string> RepoDigests { get; init; } = [];

    /// <summary>Size on disk in bytes.</summary>
    public ulong SizeBytes { get; init; }

    /// <summary>The user id it runs as, when the image gives a number.</summary>
    public long? Uid { get; init; }

    /// <summary>The user name it runs as, when the image gives a name.</summary>
    public string Username { get; init; } = "";

    /// <summary>Never to be garbage collected (the sandbox image).</summary>
    public bool Pinned { get; init; }
}
