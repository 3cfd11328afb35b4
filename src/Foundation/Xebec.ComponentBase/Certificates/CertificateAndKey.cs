using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Xebec.ComponentBase.Certificates;

/// <summary>A certificate with its private key, and both as PEM text.</summary>
public sealed class CertificateAndKey
{
    internal CertificateAndKey(X509Certificate2 certificate, string certificatePem, string keyPem)
    {
        Certificate = certificate;
        CertificatePem = certificatePem;
        KeyPem = keyPem;
    }

    /// <summary>The certificate; it has its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The certificate as PEM.</summary>
    public string CertificatePem { get; }

    /// <summary>The private key as PEM (SEC 1, as kubeadm writes EC keys).</summary>
    public string KeyPem { get; }

    /// <summary>Start of validity, UTC.</summary>
    public DateTimeOffset NotBefore => new(Certificate.NotBefore.ToUniversalTime(), TimeSpan.Zero);

    /// <summary>End of validity, UTC.</summary>
    public DateTimeOffset NotAfter => new(Certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero);

    internal static CertificateAndKey FromKey(X509Certificate2 certificateWithoutKey, ECDsa key)
    {
        using (certificateWithoutKey)
        {
            var pem = certificateWithoutKey.ExportCertificatePem() + "\n";
            return new CertificateAndKey(certificateWithoutKey.CopyWithPrivateKey(key), pem, key.ExportECPrivateKeyPem() + "\n");
        }
    }

    /// <summary>Reads both PEM files; null when either is missing.</summary>
    /// <exception cref="CryptographicException">A file is not PEM, or the key is not the certificate's.</exception>
    public static CertificateAndKey? Read(string certificatePath, string keyPath)
    {
        if (!File.Exists(certificatePath) || !File.Exists(keyPath)) return null;
        var (certificatePem, keyPem) = (File.ReadAllText(certificatePath), File.ReadAllText(keyPath));
        return new CertificateAndKey(X509Certificate2.CreateFromPem(certificatePem, keyPem), certificatePem, keyPem);
    }

    /// <summary>Writes both PEM files, readable by their owner only; the key first, so that no certificate is without its key.</summary>
    public void Write(string certificatePath, string keyPath)
    {
        PrivateFile.Write(keyPath, KeyPem);
        PrivateFile.Write(certificatePath, CertificatePem);
    }
}
