using System.Security.Cryptography.X509Certificates;

namespace Xebec.Client;

/// <summary>How to reach a remote API server.</summary>
public sealed class ApiClientOptions
{
    /// <summary>The server, for example https://10.0.0.1:6443.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>Who the server may be signed by; null trusts the system's roots.</summary>
    public X509Certificate2Collection? CertificateAuthorities { get; init; }

    /// <summary>Called at each handshake, so that a renewed certificate is picked up; null presents none.</summary>
    public Func<X509Certificate2?>? ClientCertificate { get; init; }

    /// <summary>Called at each request, so that a rotated token is picked up; null sends none.</summary>
    public Func<string?>? BearerToken { get; init; }

    /// <summary>Sent as User-Agent; the server derives the field manager from its first word.</summary>
    public string UserAgent { get; init; } = "xebec";

    /// <summary>What a request other than a watch may take; 60 seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a connection may be silent before it is pinged; as long again (at most 15 s) and it is given up.</summary>
    internal TimeSpan PingDelay { get; init; } = TimeSpan.FromSeconds(30);
}
