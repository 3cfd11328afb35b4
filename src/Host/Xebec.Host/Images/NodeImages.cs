using Xebec.Host.Clusters;
using Xebec.Kubelet.Cri;
using Xebec.Kubelet.Cri.Containerd;
using Xebec.Kubelet.Cri.Linux;

namespace Xebec.Host.Images;

/// <summary>The images of the running node's containerd.</summary>
internal sealed class NodeImages(DataFolder dataFolder, TimeProvider timeProvider)
{
    public bool IsRunning => File.Exists(dataFolder.ContainerdSocketFile) && File.Exists(File.ReadAllText(dataFolder.ContainerdSocketFile));

    /// <summary>Takes an OCI or Docker archive in; returns once the kubelet can use it.</summary>
    /// <exception cref="HostException">The node does not run, or the archive is damaged.</exception>
    public async Task LoadAsync(string archivePath, CancellationToken cancellationToken)
    {
        if (!IsRunning) throw new HostException($"no node runs on {dataFolder.Root}; start it with: xebec up");
        var socket = await File.ReadAllTextAsync(dataFolder.ContainerdSocketFile, cancellationToken).ConfigureAwait(false);
        await using var runtime = new CriContainerRuntime(socket, timeProvider);
        try
        {
            await new ImageLoader(socket, runtime, timeProvider).LoadAsync(archivePath, cancellationToken).ConfigureAwait(false);
        }
        catch (HostCommandException exception)
        {
            throw new HostException($"{archivePath} cannot be loaded: {exception.Message}", exception);
        }
    }
}
