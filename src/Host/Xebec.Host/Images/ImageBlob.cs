using System.Security.Cryptography;

namespace Xebec.Host.Images;

/// <summary>One content-addressed part of an image.</summary>
/// <param name="MediaType">OCI media type.</param>
/// <param name="Digest">sha256:HEX of the content.</param>
/// <param name="SizeBytes">Length of the content.</param>
internal sealed record ImageBlob(string MediaType, string Digest, long SizeBytes)
{
    public const string ConfigMediaType = "application/vnd.oci.image.config.v1+json";
    public const string LayerMediaType = "application/vnd.oci.image.layer.v1.tar";
    public const string ManifestMediaType = "application/vnd.oci.image.manifest.v1+json";

    public static ImageBlob Of(string mediaType, ReadOnlySpan<byte> content) =>
        new(mediaType, "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content)), content.Length);
}
