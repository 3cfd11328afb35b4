using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;

namespace Xebec.Kubelet.Cri.Images;

/// <summary>
/// Writes an image as a tar of an OCI image layout, which containerd, docker and skopeo load. The same image gives the same bytes.
/// </summary>
internal static class ImageArchive
{
    public static async Task WriteAsync(Stream archive, ImageDefinition image, CancellationToken cancellationToken)
    {
        var layer = await LayerAsync(image.Files, cancellationToken);
        var config = ImageJson.Config(image, Digest(layer));
        var manifest = ImageJson.Manifest(Digest(config), config.Length, Digest(layer), layer.Length);
        await using var tar = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true);
        await WriteAsync(tar, "oci-layout", """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray(), cancellationToken);
        await WriteAsync(tar, "index.json", ImageJson.Index(image, Digest(manifest), manifest.Length), cancellationToken);
        foreach (var blob in (byte[][])[layer, config, manifest])
            await WriteAsync(tar, "blobs/sha256/" + Convert.ToHexStringLower(SHA256.HashData(blob)), blob, cancellationToken);
    }

    private static string Digest(byte[] blob) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(blob));

    private static async Task<byte[]> LayerAsync(IReadOnlyList<ImageFile> files, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await using (var tar = new TarWriter(buffer, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var file in files)
                await WriteAsync(tar, file.Path, file.Content, cancellationToken);
        }
        return buffer.ToArray();
    }

    private static async Task WriteAsync(TarWriter tar, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        const UnixFileMode readAndExecute = (UnixFileMode)0b101_101_101;
        using var data = new MemoryStream(content.ToArray());
        await tar.WriteEntryAsync(
            new UstarTarEntry(TarEntryType.RegularFile, path)
            {
                Mode = readAndExecute | UnixFileMode.UserWrite,
                ModificationTime = DateTimeOffset.UnixEpoch,
                DataStream = data,
            },
            cancellationToken);
    }
}
