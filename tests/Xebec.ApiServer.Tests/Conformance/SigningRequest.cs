using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Xebec.ApiServer.Tests.Conformance;

/// <summary>A certificate signing request, as clients send it.</summary>
internal static class SigningRequest
{
    /// <summary>PEM in base64.</summary>
    public static string Base64 { get; } = Create();

    private static string Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = new CertificateRequest("CN=someone", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        return Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(pem + "\n"));
    }
}
