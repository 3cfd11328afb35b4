using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Xebec.Kubelet.Probes;

/// <summary>One call of grpc.health.v1.Health/Check over HTTP/2 without TLS, its two small messages written by hand.</summary>
internal static class GrpcHealth
{
    private const int HeaderLength = 5;
    private const byte ServiceTag = 0x0A;
    private const byte StatusTag = 0x08;
    private const byte Serving = 1;
    private static readonly string[] StatusNames = ["UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"];

    public static async Task<ProbeAttempt> CheckAsync(
        HttpMessageInvoker http, string host, int port, string service, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{host}:{port}/grpc.health.v1.Health/Check")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(Encode(service)),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/grpc");
        request.Headers.TryAddWithoutValidation("te", "trailers");
        request.Headers.TryAddWithoutValidation("User-Agent", "kube-probe/1.36");
        using var response = await http.SendAsync(request, cancellation);
        var body = await response.Content.ReadAsByteArrayAsync(cancellation);
        var code = Header(response, "grpc-status");
        if (code is not null and not "0")
            return ProbeAttempt.Failure(
                $"error: health rpc failed: code {code} {Uri.UnescapeDataString(Header(response, "grpc-message") ?? "")}");
        var status = Decode(body);
        return status == Serving
            ? ProbeAttempt.Success
            : ProbeAttempt.Failure(
                $"service unhealthy (responded with \"{(status < StatusNames.Length ? StatusNames[status] : "UNKNOWN")}\")");
    }

    /// <summary>HealthCheckRequest { string service = 1; } after a gRPC frame header.</summary>
    internal static byte[] Encode(string service)
    {
        var name = Encoding.UTF8.GetBytes(service);
        var length = name.Length == 0 ? 0 : 2 + name.Length;
        var frame = new byte[HeaderLength + length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), length);
        if (length == 0)
            return frame;
        frame[HeaderLength] = ServiceTag;
        frame[HeaderLength + 1] = (byte)name.Length;
        name.CopyTo(frame, HeaderLength + 2);
        return frame;
    }

    /// <summary>HealthCheckResponse { ServingStatus status = 1; }; 0 when it is left out.</summary>
    internal static int Decode(ReadOnlySpan<byte> frame) =>
        frame.Length >= HeaderLength + 2 && frame[HeaderLength] == StatusTag ? frame[HeaderLength + 1] : 0;

    private static string? Header(HttpResponseMessage response, string name)
    {
        if (response.TrailingHeaders.TryGetValues(name, out var trailing))
            return trailing.FirstOrDefault();
        return response.Headers.TryGetValues(name, out var leading) ? leading.FirstOrDefault() : null;
    }
}
