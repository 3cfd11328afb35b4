namespace Xebec.Kubelet.Runtime;

/// <summary>The images of one node, as CRI's ImageService describes them. Every call can throw <see cref="RuntimeException"/>.</summary>
public interface IImageService
{
    /// <summary>The images on the node; with a reference, only that one.</summary>
    Task<IReadOnlyList<Image>> ListImagesAsync(string? image = null, CancellationToken cancellationToken = default);

    /// <summary>The image a reference or id names, null when it is not on the node.</summary>
    Task<Image?> ImageStatusAsync(string image, CancellationToken cancellationToken = default);

    /// <summary>
    /// Pulls an image and answers the reference to run it by (an image id or digest). Errors: NotFound, PermissionDenied,
    /// Unauthenticated, Unavailable (registry out of reach), and Unknown with the registry's words.
    /// </summary>
    Task<string> PullImageAsync(
        string image, AuthConfig? auth = null, PodSandboxConfig? sandboxConfig = null, CancellationToken cancellationToken = default);

    /// <summary>Removes the image under all of its tags. Idempotent; an unknown one is no error.</summary>
    Task RemoveImageAsync(string image, CancellationToken cancellationToken = default);

    /// <summary>Usage of the file systems that hold images.</summary>
    Task<IReadOnlyList<FilesystemUsage>> ImageFsInfoAsync(CancellationToken cancellationToken = default);
}
