using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Xebec.ComponentBase.Certificates;

/// <summary>The cluster's certificate authority: ECDSA P-256, ten years, signs every certificate of the cluster.</summary>
public sealed class CertificateAuthority(CertificateAndKey root)
{
    private static readonly TimeSpan RootLifetime = TimeSpan.FromDays(3650);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>The authority's own certificate and key.</summary>
    public CertificateAndKey Root { get; } = root;

    /// <summary>Makes a new authority that is valid from five minutes before <paramref name="now"/>.</summary>
    public static CertificateAuthority Create(string commonName, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName("CN=" + commonName), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var generator = X509SignatureGenerator.CreateForECDsa(key);
        var certificate = request.Create(request.SubjectName, generator, now - ClockSkew, now + RootLifetime, NewSerialNumber());
        return new CertificateAuthority(CertificateAndKey.FromKey(certificate, key));
    }

    /// <summary>Issues a certificate with a new key; it never outlives the authority.</summary>
    public CertificateAndKey Issue(CertificateProfile profile, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject(profile), key, HashAlgorithmName.SHA256);
        AddExtensions(request, profile);
        var notAfter = now + profile.Lifetime < Root.NotAfter ? now + profile.Lifetime : Root.NotAfter;
        var notBefore = now - ClockSkew > Root.NotBefore ? now - ClockSkew : Root.NotBefore;
        using var signer = Root.Certificate.GetECDsaPrivateKey()!;
        var generator = X509SignatureGenerator.CreateForECDsa(signer);
        var certificate = request.Create(Root.Certificate.SubjectName, generator, notBefore, notAfter, NewSerialNumber());
        return CertificateAndKey.FromKey(certificate, key);
    }

    private void AddExtensions(CertificateRequest request, CertificateProfile profile)
    {
        var extensions = request.CertificateExtensions;
        extensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        extensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true));
        var usages = new OidCollection();
        if (profile.IsServer) usages.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        if (profile.IsClient) usages.Add(new Oid("1.3.6.1.5.5.7.3.2"));
        extensions.Add(new X509EnhancedKeyUsageExtension(usages, false));
        extensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Root.Certificate, true, false));
        if (profile.DnsNames.Count + profile.IpAddresses.Count > 0) extensions.Add(AlternativeNames(profile));
    }

    private static X509Extension AlternativeNames(CertificateProfile profile)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in profile.DnsNames) names.AddDnsName(name);
        foreach (var address in profile.IpAddresses) names.AddIpAddress(address);
        return names.Build();
    }

    private static X500DistinguishedName Subject(CertificateProfile profile)
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName(profile.CommonName);
        foreach (var organization in profile.Organizations) builder.AddOrganizationName(organization);
        return builder.Build();
    }

    private static byte[] NewSerialNumber()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return serial;
    }
}
