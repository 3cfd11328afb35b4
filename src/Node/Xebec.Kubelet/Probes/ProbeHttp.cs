using System.Net.Security;

namespace Xebec.Kubelet.Probes;

/// <summary>
/// The HTTP client of probes and hooks: no proxy, no redirects followed elsewhere, certificates not checked, as upstream.
/// </summary>
internal static class ProbeHttp
{
    public static HttpMessageInvoker CreateInvoker() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.Zero,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, _, _, _) => true },
    });

    /// <summary>The request of an httpGet action.</summary>
    public static HttpRequestMessage Request(HTTPGetAction action, int port, string defaultHost, string userAgent)
    {
        var host = action.Host.Length > 0 ? action.Host : defaultHost;
        var scheme = action.Scheme.Equals("HTTPS", StringComparison.OrdinalIgnoreCase) ? "https" : "http";
        var path = action.Path.StartsWith('/') ? action.Path : "/" + action.Path;
        var bracketed = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        var request = new HttpRequestMessage(HttpMethod.Get, $"{scheme}://{bracketed}:{port}{path}");
        request.Headers.ConnectionClose = true;
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        foreach (var header in action.HttpHeaders)
        {
            request.Headers.Remove(header.Name);
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        return request;
    }

    /// <summary>The number of a port that may be given by its name in the container.</summary>
    public static int? Port(ApiMachinery.IntOrString port, Container container) => port.Text is null
        ? port.Number
        : container.Ports.Find(p => p.Name == port.Text)?.ContainerPortValue;
}
