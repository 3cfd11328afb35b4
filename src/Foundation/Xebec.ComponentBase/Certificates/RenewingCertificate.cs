using System.Net.Security;

namespace Xebec.ComponentBase.Certificates;

/// <summary>One certificate of the cluster that replaces itself, in memory and (when it has files) on disk, before it expires.</summary>
public sealed class RenewingCertificate
{
    private readonly CertificateAuthority _authority;
    private readonly CertificateProfile _profile;
    private readonly string? _pathWithoutExtension;
    private volatile InForce _inForce;

    private RenewingCertificate(CertificateAuthority authority, CertificateProfile profile, string? path, CertificateAndKey current)
    {
        (_authority, _profile, _pathWithoutExtension, _inForce) = (authority, profile, path, new InForce(current));
    }

    /// <summary>The certificate in force; ask again at every use, since it changes when it is renewed.</summary>
    public CertificateAndKey Current => _inForce.Pair;

    /// <summary>The certificate in force as a TLS server's context, built once for each renewal.</summary>
    public SslStreamCertificateContext TlsContext => _inForce.TlsContext.Value;

    /// <summary>The moment it is due to be renewed.</summary>
    public DateTimeOffset RenewAt => RenewalPolicy.RenewAt(Current.NotBefore, Current.NotAfter);

    /// <summary>Path of the certificate's PEM file, with the key beside it; null when it is in memory alone.</summary>
    public string? CertificatePath => _pathWithoutExtension is null ? null : _pathWithoutExtension + ".crt";

    /// <summary>Path of the private key's PEM file; null when it is in memory alone.</summary>
    public string? KeyPath => _pathWithoutExtension is null ? null : _pathWithoutExtension + ".key";

    internal static RenewingCertificate Open(
        CertificateAuthority authority, CertificateProfile profile, string? pathWithoutExtension, DateTimeOffset now)
    {
        var stored = pathWithoutExtension is null
            ? null
            : CertificateAndKey.Read(pathWithoutExtension + ".crt", pathWithoutExtension + ".key");
        if (stored is not null && !RenewalPolicy.IsDue(stored, profile, authority, now))
            return new RenewingCertificate(authority, profile, pathWithoutExtension, stored);
        var issued = authority.Issue(profile, now);
        Write(issued, pathWithoutExtension);
        return new RenewingCertificate(authority, profile, pathWithoutExtension, issued);
    }

    /// <summary>Replaces the certificate when it is due; true when it did. Connections in flight keep the old one.</summary>
    public bool RenewIfDue(DateTimeOffset now)
    {
        if (!RenewalPolicy.IsDue(Current, _profile, _authority, now)) return false;
        var issued = _authority.Issue(_profile, now);
        Write(issued, _pathWithoutExtension);
        _inForce = new InForce(issued);
        return true;
    }

    private static void Write(CertificateAndKey issued, string? pathWithoutExtension)
    {
        if (pathWithoutExtension is not null)
            issued.Write(pathWithoutExtension + ".crt", pathWithoutExtension + ".key");
    }

    private sealed class InForce(CertificateAndKey pair)
    {
        public CertificateAndKey Pair { get; } = pair;

        public Lazy<SslStreamCertificateContext> TlsContext { get; } =
            new(() => SslStreamCertificateContext.Create(pair.Certificate, null, offline: true));
    }
}
