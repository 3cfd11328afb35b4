using System.Formats.Tar;

namespace Xebec.Host.Images;

/// <summary>Writes one image as a tar that containerd, podman and skopeo load: an OCI image layout.</summary>
internal static class ImageArchive
{
    public static void Write(ImageStore store, LocalImage image, Stream output)
    {
        using var tar = new TarWriter(output, TarEntryFormat.Ustar, leaveOpen: true);
        WriteBytes(tar, "oci-layout", """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray());
        WriteBytes(tar, "index.json", ImageStore.IndexJson([new(image.Name, image.Manifest)]));
        foreach (var blob in image.Layers.Append(image.Config).Append(image.Manifest).DistinctBy(blob => blob.Digest))
        {
            using var content = File.OpenRead(store.BlobPath(blob));
            WriteEntry(tar, "blobs/sha256/" + blob.Digest["sha256:".Length..], content);
        }
    }

    private static void WriteBytes(TarWriter tar, string name, byte[] content)
    {
        using var stream = new MemoryStream(content);
        WriteEntry(tar, name, stream);
    }

    private static void WriteEntry(TarWriter tar, string name, Stream content) =>
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = content,
            ModificationTime = DateTimeOffset.UnixEpoch,
        });
}
