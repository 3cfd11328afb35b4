using Xebec.Host.Clusters;
using Xebec.Host.Processes;

namespace Xebec.Host.Images;

/// <summary>The images of the running node's containerd.</summary>
internal sealed class NodeImages(ICommandRunner commands, DataFolder dataFolder)
{
    private string Socket => Path.Combine(dataFolder.Node, "containerd", "containerd.sock");

    public bool IsRunning => File.Exists(Socket);

    /// <summary>Takes an OCI or Docker archive in.</summary>
    /// <exception cref="HostException">The node does not run, or the archive is damaged.</exception>
    public async Task LoadAsync(string archivePath, CancellationToken cancellationToken)
    {
        if (!IsRunning) throw new HostException($"no node runs on {dataFolder.Root}; start it with: xebec up");
        string[] arguments = ["--address", Socket, "--namespace", "k8s.io", "images", "import", "--all-platforms", archivePath];
        (await commands.RunAsync("ctr", arguments, cancellationToken).ConfigureAwait(false)).ThrowIfFailed("loading the image");
    }
}
