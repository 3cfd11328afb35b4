using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Xebec.Host.Images;

/// <summary>The images built on this machine: an OCI image layout in one folder, with its parts shared between images.</summary>
internal sealed class ImageStore(string folder)
{
    private string IndexPath => Path.Combine(folder, "index.json");

    public string BlobPath(ImageBlob blob) => Path.Combine(folder, "blobs", "sha256", blob.Digest["sha256:".Length..]);

    public IReadOnlyList<LocalImage> List() => [.. ReadIndex().Select(entry => ToImage(entry.Key, entry.Value))];

    public LocalImage? Find(string name) =>
        ReadIndex().TryGetValue(name, out var manifest) ? ToImage(name, manifest) : null;

    public ReadOnlyMemory<byte> Read(ImageBlob blob) => File.ReadAllBytes(BlobPath(blob));

    public ImageBlob Put(string mediaType, byte[] content)
    {
        var blob = ImageBlob.Of(mediaType, content);
        if (!File.Exists(BlobPath(blob))) AddFile(blob, temporaryPath => File.WriteAllBytes(temporaryPath, content));
        return blob;
    }

    /// <summary>Takes what the writer writes in as one blob, hashing on the way.</summary>
    public ImageBlob PutStream(string mediaType, Action<Stream> write)
    {
        Directory.CreateDirectory(folder);
        var temporaryPath = Path.Combine(folder, $"{Environment.ProcessId}.{Guid.NewGuid():N}.tmp");
        try
        {
            var blob = HashWhileWriting(mediaType, temporaryPath, write);
            if (!File.Exists(BlobPath(blob))) AddFile(blob, path => File.Move(temporaryPath, path));
            return blob;
        }
        finally
        {
            File.Delete(temporaryPath);
        }
    }

    /// <summary>Gives the name to an image of these parts.</summary>
    public LocalImage Tag(string name, ImageConfig config, IReadOnlyList<ImageBlob> layers, string architecture)
    {
        var configBlob = Put(ImageBlob.ConfigMediaType, config.ToJson(layers.Select(layer => layer.Digest), architecture));
        var manifest = Put(ImageBlob.ManifestMediaType, LocalImage.ManifestJson(configBlob, layers));
        var index = new SortedDictionary<string, ImageBlob>(ReadIndex(), StringComparer.Ordinal) { [name] = manifest };
        WriteAtomically(IndexPath, IndexJson(index));
        WriteAtomically(Path.Combine(folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray());
        return new LocalImage(name, manifest, configBlob, layers);
    }

    public static byte[] IndexJson(IEnumerable<KeyValuePair<string, ImageBlob>> images)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteNumber("schemaVersion", 2);
        writer.WriteStartArray("manifests");
        foreach (var (name, manifest) in images) LocalImage.WriteDescriptor(writer, manifest, name);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    private static ImageBlob HashWhileWriting(string mediaType, string path, Action<Stream> write)
    {
        using var hash = SHA256.Create();
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        using (var hashing = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true)) write(hashing);
        return new ImageBlob(mediaType, "sha256:" + Convert.ToHexStringLower(hash.Hash!), file.Length);
    }

    private void AddFile(ImageBlob blob, Action<string> produce)
    {
        var path = BlobPath(blob);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporaryPath = $"{path}.{Environment.ProcessId}.tmp";
        produce(temporaryPath);
        File.Move(temporaryPath, path, overwrite: true);
    }

    private static void WriteAtomically(string path, byte[] content)
    {
        File.WriteAllBytes(path + ".tmp", content);
        File.Move(path + ".tmp", path, overwrite: true);
    }

    private Dictionary<string, ImageBlob> ReadIndex()
    {
        if (!File.Exists(IndexPath)) return [];
        using var document = JsonDocument.Parse(File.ReadAllBytes(IndexPath));
        return document.RootElement.GetProperty("manifests").EnumerateArray().ToDictionary(
            entry => entry.GetProperty("annotations").GetProperty("io.containerd.image.name").GetString()!, LocalImage.ReadDescriptor);
    }

    private LocalImage ToImage(string name, ImageBlob manifest)
    {
        var (config, layers) = LocalImage.ParseManifest(Read(manifest));
        return new LocalImage(name, manifest, config, layers);
    }
}
