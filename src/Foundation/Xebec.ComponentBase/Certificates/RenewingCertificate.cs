using System.Net.Security;

namespace Xebec.ComponentBase.Certificates;

/// <summary>One certificate of the cluster that replaces itself, on disk and in memory, before it expires.</summary>
public sealed class RenewingCertificate
{
    private readonly CertificateAuthority _authority;
    private readonly CertificateProfile _profile;
    private readonly string _pathWithoutExtension;
    private volatile InForce _inForce;

    private RenewingCertificate(CertificateAuthority authority, CertificateProfile profile, string path, CertificateAndKey current)
    {
        (_authority, _profile, _pathWithoutExtension, _inForce) = (authority, profile, path, new InForce(current));
    }

    /// <summary>The certificate in force; ask again at every use, since it changes when it is renewed.</summary>
    public CertificateAndKey Current => _inForce.Pair;

    /// <summary>The certificate in force as a TLS server's context, built once for each renewal.</summary>
    public SslStreamCertificateContext TlsContext => _inForce.TlsContext.Value;

    /// <summary>The moment it is due to be renewed.</summary>
    public DateTimeOffset RenewAt => RenewalPolicy.RenewAt(Current.NotBefore, Current.NotAfter);

    /// <summary>Path of the certificate's PEM file; the key is beside it with the extension .key.</summary>
    public string CertificatePath => _pathWithoutExtension + ".crt";

    /// <summary>Path of the private key's PEM file.</summary>
    public string KeyPath => _pathWithoutExtension + ".key";

    internal static RenewingCertificate Open(
        CertificateAuthority authority, CertificateProfile profile, string pathWithoutExtension, DateTimeOffset now)
    {
        var (certificatePath, keyPath) = (pathWithoutExtension + ".crt", pathWithoutExtension + ".key");
        var stored = CertificateAndKey.Read(certificatePath, keyPath);
        if (stored is not null && !RenewalPolicy.IsDue(stored, profile, authority, now))
            return new RenewingCertificate(authority, profile, pathWithoutExtension, stored);
        var issued = authority.Issue(profile, now);
        issued.Write(certificatePath, keyPath);
        return new RenewingCertificate(authority, profile, pathWithoutExtension, issued);
    }

    /// <summary>Replaces the certificate when it is due; true when it did. Connections in flight keep the old one.</summary>
    public bool RenewIfDue(DateTimeOffset now)
    {
        if (!RenewalPolicy.IsDue(Current, _profile, _authority, now)) return false;
        var issued = _authority.Issue(_profile, now);
        issued.Write(CertificatePath, KeyPath);
        _inForce = new InForce(issued);
        return true;
    }

    private sealed class InForce(CertificateAndKey pair)
    {
        public CertificateAndKey Pair { get; } = pair;

        public Lazy<SslStreamCertificateContext> TlsContext { get; } =
            new(() => SslStreamCertificateContext.Create(pair.Certificate, null, offline: true));
    }
}
