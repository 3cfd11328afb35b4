using System.Runtime.InteropServices;
using System.Text.Json;

namespace Xebec.Kubelet.Cri.Images;

/// <summary>The three JSON documents of an OCI image.</summary>
internal static class ImageJson
{
    private const string IndexType = "application/vnd.oci.image.index.v1+json";
    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    private const string ConfigType = "application/vnd.oci.image.config.v1+json";
    private const string LayerType = "application/vnd.oci.image.layer.v1.tar";

    public static byte[] Config(ImageDefinition image, string layerDigest) => Write(json =>
    {
        json.WriteString("architecture", ArchitectureName(image.Architecture));
        json.WriteString("os", "linux");
        json.WriteStartObject("config");
        WriteList(json, "Entrypoint", image.Entrypoint);
        WriteList(json, "Env", image.Env);
        json.WriteEndObject();
        json.WriteStartObject("rootfs");
        json.WriteString("type", "layers");
        WriteList(json, "diff_ids", [layerDigest]);
        json.WriteEndObject();
    });

    public static byte[] Manifest(string configDigest, long configBytes, string layerDigest, long layerBytes) => Write(json =>
    {
        json.WriteNumber("schemaVersion", 2);
        json.WriteString("mediaType", ManifestType);
        json.WriteStartObject("config");
        WriteDescriptor(json, ConfigType, configDigest, configBytes);
        json.WriteEndObject();
        json.WriteStartArray("layers");
        json.WriteStartObject();
        WriteDescriptor(json, LayerType, layerDigest, layerBytes);
        json.WriteEndObject();
        json.WriteEndArray();
    });

    /// <summary>containerd takes the image's name from its own annotation, others from OCI's.</summary>
    public static byte[] Index(ImageDefinition image, string manifestDigest, long manifestBytes) => Write(json =>
    {
        json.WriteNumber("schemaVersion", 2);
        json.WriteString("mediaType", IndexType);
        json.WriteStartArray("manifests");
        json.WriteStartObject();
        WriteDescriptor(json, ManifestType, manifestDigest, manifestBytes);
        json.WriteStartObject("platform");
        json.WriteString("architecture", ArchitectureName(image.Architecture));
        json.WriteString("os", "linux");
        json.WriteEndObject();
        json.WriteStartObject("annotations");
        json.WriteString("io.containerd.image.name", image.Name);
        json.WriteString("org.opencontainers.image.ref.name", image.Name[(image.Name.LastIndexOf(':') + 1)..]);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    });

    private static byte[] Write(Action<Utf8JsonWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private static void WriteDescriptor(Utf8JsonWriter json, string mediaType, string digest, long bytes)
    {
        json.WriteString("mediaType", mediaType);
        json.WriteString("digest", digest);
        json.WriteNumber("size", bytes);
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
            json.WriteStringValue(item);
        json.WriteEndArray();
    }

    private static string ArchitectureName(Architecture architecture) => architecture == Architecture.X64 ? "amd64" : "arm64";
}
