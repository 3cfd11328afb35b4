using Xebec.Kubelet.Cri.Mapping;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri;

public sealed partial class CriContainerRuntime
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<Image>> ListImagesAsync(string? image = null, CancellationToken cancellationToken = default)
    {
        var filter = image is null ? null : new Wire.ImageFilter { Image = ImageMapping.ToWire(image) };
        var answer = await CallAsync(_images.ListImagesAsync, new Wire.ListImagesRequest { Filter = filter }, cancellationToken);
        return [.. answer.Images.Select(wire => ImageMapping.FromWire(wire, _pinnedImage))];
    }

    /// <inheritdoc/>
    public async Task<Image?> ImageStatusAsync(string image, CancellationToken cancellationToken = default)
    {
        var request = new Wire.ImageStatusRequest { Image = ImageMapping.ToWire(image) };
        var answer = await CallAsync(_images.ImageStatusAsync, request, cancellationToken);
        return answer.Image is { } wire ? ImageMapping.FromWire(wire, _pinnedImage) : null;
    }

    /// <inheritdoc/>
    public async Task<string> PullImageAsync(
        string image, AuthConfig? auth = null, PodSandboxConfig? sandboxConfig = null, CancellationToken cancellationToken = default)
    {
        var request = new Wire.PullImageRequest
        {
            Image = ImageMapping.ToWire(image),
            Auth = ImageMapping.ToWire(auth),
            SandboxConfig = sandboxConfig is null ? null : SandboxMapping.ToWire(sandboxConfig),
        };
        return (await CallAsync(_images.PullImageAsync, request, cancellationToken)).ImageRef;
    }

    /// <inheritdoc/>
    public Task RemoveImageAsync(string image, CancellationToken cancellationToken = default) =>
        CallAsync(_images.RemoveImageAsync, new Wire.RemoveImageRequest { Image = ImageMapping.ToWire(image) }, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FilesystemUsage>> ImageFsInfoAsync(CancellationToken cancellationToken = default)
    {
        var answer = await CallAsync(_images.ImageFsInfoAsync, new Wire.ImageFsInfoRequest(), cancellationToken);
        return [.. answer.ImageFilesystems.Select(ImageMapping.FromWire)];
    }
}
