using System.Security.Cryptography.X509Certificates;

namespace Xebec.ComponentBase.Certificates;

/// <summary>When a certificate must be replaced: pure rules, no clock of their own.</summary>
public static class RenewalPolicy
{
    /// <summary>The moment to renew at: four fifths of the lifetime, as the kubelet does for its own.</summary>
    public static DateTimeOffset RenewAt(DateTimeOffset notBefore, DateTimeOffset notAfter) =>
        notBefore + ((notAfter - notBefore) * 0.8);

    /// <summary>True when the certificate is due, was signed by another authority, or lacks a name that the profile asks for.</summary>
    public static bool IsDue(CertificateAndKey current, CertificateProfile wanted, CertificateAuthority authority, DateTimeOffset now) =>
        now >= RenewAt(current.NotBefore, current.NotAfter)
        || !IsSignedBy(current.Certificate, authority.Root.Certificate)
        || !HasNames(current.Certificate, wanted);

    private static bool IsSignedBy(X509Certificate2 certificate, X509Certificate2 authority)
    {
        var issuer = certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier;
        var subject = authority.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault()?.SubjectKeyIdentifierBytes;
        return issuer is { } left && subject is { } right && left.Span.SequenceEqual(right.Span);
    }

    private static bool HasNames(X509Certificate2 certificate, CertificateProfile wanted)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        if (names is null) return wanted.DnsNames.Count + wanted.IpAddresses.Count == 0;
        var dnsNames = names.EnumerateDnsNames().ToHashSet(StringComparer.OrdinalIgnoreCase);
        return wanted.DnsNames.All(dnsNames.Contains) && wanted.IpAddresses.All(names.EnumerateIPAddresses().ToHashSet().Contains);
    }
}
