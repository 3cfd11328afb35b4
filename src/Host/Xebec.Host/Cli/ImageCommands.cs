using Xebec.Host.Clusters;
using Xebec.Host.Images;

namespace Xebec.Host.Cli;

/// <summary>What `xebec image` does.</summary>
internal sealed class ImageCommands(HostServices services, DataFolder dataFolder)
{
    private readonly ImageStore _store = new(dataFolder.Images);

    public async Task BuildAsync(
        string name, string dockerfilePath, string contextFolder, IReadOnlyDictionary<string, string> arguments, string? outputPath,
        CancellationToken cancellationToken)
    {
        var builder = new ImageBuilder(_store, services.Commands);
        LocalImage? image = null;
        await services.Stages.RunAsync("image build", async _ =>
        {
            image = await builder.BuildAsync(name, dockerfilePath, contextFolder, arguments, cancellationToken).ConfigureAwait(false);
            return $"{name} {image.Manifest.Digest[..19]}, {image.SizeBytes / 1_000_000} MB";
        }).ConfigureAwait(false);
        if (outputPath is not null) WriteArchive(image!, outputPath);
        var node = new NodeImages(dataFolder, services.TimeProvider);
        if (node.IsRunning) await LoadAsync(name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Loads an archive file, or an image of the local store, into the node.</summary>
    public Task LoadAsync(string nameOrPath, CancellationToken cancellationToken) => services.Stages.RunAsync("image load", async _ =>
    {
        var node = new NodeImages(dataFolder, services.TimeProvider);
        if (File.Exists(nameOrPath)) await node.LoadAsync(nameOrPath, cancellationToken).ConfigureAwait(false);
        else await LoadFromStoreAsync(node, ImageReference.Normalize(nameOrPath), cancellationToken).ConfigureAwait(false);
        return nameOrPath;
    });

    private async Task LoadFromStoreAsync(NodeImages node, string name, CancellationToken cancellationToken)
    {
        var image = _store.Find(name)
            ?? throw new HostException($"{name} is neither a file nor an image of the local store; see: xebec image list");
        var archive = Path.Combine(dataFolder.Images, $"{Environment.ProcessId}.load.tar");
        try
        {
            WriteArchive(image, archive);
            await node.LoadAsync(archive, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(archive);
        }
    }

    private void WriteArchive(LocalImage image, string path)
    {
        using var output = File.Create(path);
        ImageArchive.Write(_store, image, output);
    }
}
