using System.Formats.Tar;
using System.Text.Json;
using Xebec.Host.Processes;

namespace Xebec.Host.Images;

/// <summary>Builds a Dockerfile that has RUN or several stages with buildah, and takes the result into the local store.</summary>
internal sealed class BuildahBuild(ICommandRunner commands, ImageStore store)
{
    public async Task BuildAsync(
        string name, string dockerfilePath, string contextFolder, IReadOnlyDictionary<string, string> arguments,
        CancellationToken cancellationToken)
    {
        if (commands.Find("buildah") is null)
            throw new HostException("the Dockerfile has RUN or several stages, which buildah builds: apt-get install buildah");
        var work = Directory.CreateTempSubdirectory("xebec-build-").FullName;
        try
        {
            var archive = Path.Combine(work, "image.tar");
            string[] build = ["bud", "--isolation", "chroot", "--format", "oci", "--pull-never", "-f", dockerfilePath, "-t", name];
            var pairs = arguments.SelectMany(one => new[] { "--build-arg", $"{one.Key}={one.Value}" });
            string[] withArguments = [.. build, .. pairs, contextFolder];
            (await commands.RunAsync("buildah", withArguments, cancellationToken).ConfigureAwait(false)).ThrowIfFailed("buildah bud");
            string[] push = ["push", "--disable-compression", name, "oci-archive:" + archive];
            (await commands.RunAsync("buildah", push, cancellationToken).ConfigureAwait(false)).ThrowIfFailed("buildah push");
            await TarFile.ExtractToDirectoryAsync(archive, work, overwriteFiles: true, cancellationToken).ConfigureAwait(false);
            TakeIn(name, work);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private void TakeIn(string name, string layoutFolder)
    {
        string BlobPath(ImageBlob blob) => Path.Combine(layoutFolder, "blobs", "sha256", blob.Digest["sha256:".Length..]);
        using var index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(layoutFolder, "index.json")));
        var manifest = LocalImage.ReadDescriptor(index.RootElement.GetProperty("manifests")[0]);
        var (config, layers) = LocalImage.ParseManifest(File.ReadAllBytes(BlobPath(manifest)));
        var taken = layers.Select(layer => store.PutStream(layer.MediaType, output =>
        {
            using var content = File.OpenRead(BlobPath(layer));
            content.CopyTo(output);
        })).ToList();
        store.Tag(name, ImageConfig.Parse(File.ReadAllBytes(BlobPath(config))), taken, DotnetRuntimeImage.Architecture);
    }
}
