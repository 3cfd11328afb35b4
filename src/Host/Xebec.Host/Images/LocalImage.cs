using System.Buffers;
using System.Text.Json;

namespace Xebec.Host.Images;

/// <summary>An image in the local store: its name, manifest and parts.</summary>
internal sealed record LocalImage(string Name, ImageBlob Manifest, ImageBlob Config, IReadOnlyList<ImageBlob> Layers)
{
    public long SizeBytes => Manifest.SizeBytes + Config.SizeBytes + Layers.Sum(layer => layer.SizeBytes);

    public static byte[] ManifestJson(ImageBlob config, IEnumerable<ImageBlob> layers)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteNumber("schemaVersion", 2);
        writer.WriteString("mediaType", ImageBlob.ManifestMediaType);
        writer.WritePropertyName("config");
        WriteDescriptor(writer, config, null);
        writer.WriteStartArray("layers");
        foreach (var layer in layers) WriteDescriptor(writer, layer, null);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    public static void WriteDescriptor(Utf8JsonWriter writer, ImageBlob blob, string? imageName)
    {
        writer.WriteStartObject();
        writer.WriteString("mediaType", blob.MediaType);
        writer.WriteString("digest", blob.Digest);
        writer.WriteNumber("size", blob.SizeBytes);
        if (imageName is not null)
        {
            writer.WriteStartObject("annotations");
            writer.WriteString("io.containerd.image.name", imageName);
            writer.WriteString("org.opencontainers.image.ref.name", imageName[(imageName.LastIndexOf(':') + 1)..]);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    public static (ImageBlob Config, IReadOnlyList<ImageBlob> Layers) ParseManifest(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return (ReadDescriptor(root.GetProperty("config")), [.. root.GetProperty("layers").EnumerateArray().Select(ReadDescriptor)]);
    }

    public static ImageBlob ReadDescriptor(JsonElement json) => new(
        json.GetProperty("mediaType").GetString()!, json.GetProperty("digest").GetString()!, json.GetProperty("size").GetInt64());
}
