using System.Security.Cryptography;
using System.Text;

namespace Xebec.Kubelet.Runtime.Fake;

public sealed partial class FakeContainerRuntime
{
    private const ulong ImageSizeBytes = 1 << 20;

    /// <inheritdoc/>
    public Task<IReadOnlyList<Image>> ListImagesAsync(string? image = null, CancellationToken cancellationToken = default) =>
        Answer<IReadOnlyList<Image>>(() => [.. Images().Where(one => image is null || IsNamed(one, image))]);

    /// <inheritdoc/>
    public Task<Image?> ImageStatusAsync(string image, CancellationToken cancellationToken = default) =>
        Answer(() => Images().FirstOrDefault(one => IsNamed(one, image)));

    /// <inheritdoc/>
    public async Task<string> PullImageAsync(
        string image, AuthConfig? auth = null, PodSandboxConfig? sandboxConfig = null, CancellationToken cancellationToken = default)
    {
        if (PullTakes > TimeSpan.Zero)
            await Task.Delay(PullTakes, timeProvider, cancellationToken);
        return await Answer(() => PullError(image) is { } error ? throw error : _imageIds[image] = IdOf(image));
    }

    /// <inheritdoc/>
    public Task RemoveImageAsync(string image, CancellationToken cancellationToken = default) => Answer(() =>
    {
        foreach (var name in _imageIds.Where(one => one.Key == image || one.Value == image).Select(one => one.Key).ToList())
            _imageIds.Remove(name);
        return image;
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<FilesystemUsage>> ImageFsInfoAsync(CancellationToken cancellationToken = default) =>
        Answer<IReadOnlyList<FilesystemUsage>>(
            () => [new FilesystemUsage(timeProvider.GetUtcNow(), "/", (ulong)_imageIds.Count * ImageSizeBytes, (ulong)_imageIds.Count)]);

    private IEnumerable<Image> Images() =>
        _imageIds.GroupBy(one => one.Value, one => one.Key).Select(
            names => new Image(names.Key) { RepoTags = [.. names], SizeBytes = ImageSizeBytes });

    private string ImageIdOf(string image) => Images().FirstOrDefault(one => IsNamed(one, image))?.Id
        ?? throw new RuntimeException(RuntimeErrorCode.NotFound, $"image \"{image}\" is not on the node");

    private static bool IsNamed(Image one, string image) => one.Id == image || one.RepoTags.Contains(image);

    private static string IdOf(string image) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(image)));
}
