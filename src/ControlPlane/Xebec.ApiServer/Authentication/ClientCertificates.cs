using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Xebec.ApiServer.Authentication;

/// <summary>Which certificates are clients' of a CA.</summary>
internal static class ClientCertificates
{
    // A serving certificate of the same CA is no proof of who a client is.
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>The certificate is valid now, for clients, and signed by the CA.</summary>
    public static bool IsSignedBy(X509Certificate2 certificate, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return chain.Build(certificate);
    }
}
