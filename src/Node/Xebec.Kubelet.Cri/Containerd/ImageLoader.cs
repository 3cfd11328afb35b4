using Xebec.Kubelet.Cri.Linux;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri.Containerd;

/// <summary>Brings image archives (docker save, OCI layout) into the node's containerd.</summary>
public sealed class ImageLoader
{
    private const string PodsNamespace = "k8s.io";
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_maxDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly string _socketPath;
    private readonly IImageService _images;
    private readonly TimeProvider _timeProvider;

    /// <summary>Loads into the containerd that listens on the socket, whose images the service sees.</summary>
    public ImageLoader(string socketPath, IImageService images, TimeProvider timeProvider)
    {
        _socketPath = socketPath;
        _images = images;
        _timeProvider = timeProvider;
    }

    /// <summary>Imports every image of an archive file, whatever its platform; answers their names.</summary>
    /// <exception cref="HostCommandException">The archive is not one, or a layer is damaged.</exception>
    public async Task<IReadOnlyList<string>> LoadAsync(string archivePath, CancellationToken cancellationToken = default)
    {
        var output = await HostCommand.RunAsync(
            "ctr", ["--address", _socketPath, "--namespace", PodsNamespace, "images", "import", "--all-platforms", archivePath],
            cancellationToken: cancellationToken);
        var names = ImportedNames(output);
        foreach (var name in names)
            await WaitUntilKnownAsync(name, cancellationToken);
        return names;
    }

    /// <summary>Reads <c>unpacking NAME (DIGEST)...done</c> lines.</summary>
    internal static IReadOnlyList<string> ImportedNames(string output) =>
    [
        .. output.Split('\n').Select(line => line.Split(' '))
            .Where(words => words is ["unpacking", _, ..]).Select(words => words[1]),
    ];

    /// <summary>containerd's CRI hears of an import by an event, a moment later.</summary>
    private async Task WaitUntilKnownAsync(string name, CancellationToken cancellationToken)
    {
        var since = _timeProvider.GetTimestamp();
        for (var delay = s_firstDelay; await _images.ImageStatusAsync(name, cancellationToken) is null;)
        {
            if (_timeProvider.GetElapsedTime(since) > s_timeout)
                throw new RuntimeException(RuntimeErrorCode.NotFound, $"image {name} was imported, but the runtime does not know it");
            await Task.Delay(delay, _timeProvider, cancellationToken);
            delay = delay * 2 < s_maxDelay ? delay * 2 : s_maxDelay;
        }
    }
}
