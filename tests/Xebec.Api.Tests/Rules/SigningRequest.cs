using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Xebec.Api.Tests.Rules;

/// <summary>A certificate request with a right signature, as the API carries it.</summary>
internal static class SigningRequest
{
    public static string Base64 { get; } = Create();

    private static string Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(Encoding.ASCII.GetBytes(new CertificateRequest("CN=a", key, HashAlgorithmName.SHA256).CreateSigningRequestPem()));
    }
}
