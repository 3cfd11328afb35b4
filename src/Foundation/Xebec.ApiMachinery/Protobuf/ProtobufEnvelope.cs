namespace Xebec.ApiMachinery.Protobuf;

/// <summary>The runtime.Unknown message around every Kubernetes protobuf object.</summary>
/// <param name="apiVersion">Group and version.</param>
/// <param name="kind">The kind.</param>
/// <param name="raw">The object's message, or what <paramref name="contentType"/> says.</param>
/// <param name="contentType">Empty for protobuf.</param>
public readonly ref struct ProtobufEnvelope(string apiVersion, string kind, ReadOnlySpan<byte> raw, string contentType)
{
    /// <summary>Group and version; empty when the sender left it out.</summary>
    public string ApiVersion { get; } = apiVersion;

    /// <summary>The kind; empty when the sender left it out.</summary>
    public string Kind { get; } = kind;

    /// <summary>The object's message, a slice of the input.</summary>
    public ReadOnlySpan<byte> Raw { get; } = raw;

    /// <summary>The media type of <see cref="Raw"/>, empty for protobuf.</summary>
    public string ContentType { get; } = contentType;
}
