using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Xebec.ComponentBase.Certificates;

/// <summary>
/// All keys and certificates of one cluster, in one folder laid out like kubeadm's pki/, or in memory alone: made on first use, kept,
/// renewed.
/// </summary>
public sealed class ClusterCertificates
{
    private readonly ConcurrentDictionary<string, Lazy<RenewingCertificate>> _certificates = new(StringComparer.Ordinal);
    private readonly TimeProvider _timeProvider;
    private readonly Lazy<ECDsa> _serviceAccountKey;
    private readonly Lazy<CertificateAuthority> _frontProxyAuthority;

    private ClusterCertificates(string? folder, CertificateAuthority authority, TimeProvider timeProvider)
    {
        (Folder, Authority, _timeProvider) = (folder, authority, timeProvider);
        _frontProxyAuthority = new Lazy<CertificateAuthority>(() => OpenAuthority(folder, "front-proxy-ca", "front-proxy-ca", timeProvider));
        _serviceAccountKey = new Lazy<ECDsa>(
            () => folder is null ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : OpenServiceAccountKey(folder));
    }

    /// <summary>The pki/ folder; null when they are in memory alone.</summary>
    public string? Folder { get; }

    /// <summary>The cluster's authority (ca.crt, ca.key).</summary>
    public CertificateAuthority Authority { get; }

    /// <summary>The authority of proxies that name users in headers (front-proxy-ca.crt); apart, so that no client of the cluster is one.</summary>
    public CertificateAuthority FrontProxyAuthority => _frontProxyAuthority.Value;

    /// <summary>The P-256 key that signs service-account tokens with ES256 (sa.key, sa.pub).</summary>
    public ECDsa ServiceAccountKey => _serviceAccountKey.Value;

    /// <summary>Opens the folder, making the authority when there is none yet.</summary>
    /// <exception cref="CryptographicException">A file is damaged: delete its pair, or the folder for a new authority.</exception>
    public static ClusterCertificates Open(string folder, TimeProvider timeProvider)
    {
        PrivateFile.CreateFolder(folder);
        return new ClusterCertificates(folder, OpenAuthority(folder, "ca", "kubernetes", timeProvider), timeProvider);
    }

    /// <summary>A new authority that ends with the process and writes no file, for a cluster inside a test.</summary>
    public static ClusterCertificates InMemory(TimeProvider timeProvider) =>
        new(null, CertificateAuthority.Create("kubernetes", timeProvider.GetUtcNow()), timeProvider);

    /// <summary>The certificate kept under this file name (without extension); issued now when missing, due or short of a name.</summary>
    public RenewingCertificate Get(string fileName, CertificateProfile profile) => Get(fileName, profile, () => Authority);

    /// <summary>By which the API server, as a proxy, is known to extension servers; of <see cref="FrontProxyAuthority"/>.</summary>
    public RenewingCertificate FrontProxyClient => Get("front-proxy-client", ClusterProfiles.FrontProxyClient, () => FrontProxyAuthority);

    /// <summary>Renews what is due, now and then until cancelled; calls back for each certificate it replaced.</summary>
    public async Task RunRenewalAsync(Action<RenewingCertificate> renewed, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), _timeProvider);
        do
        {
            foreach (var certificate in _certificates.Values)
                if (certificate.IsValueCreated && certificate.Value.RenewIfDue(_timeProvider.GetUtcNow())) renewed(certificate.Value);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    private RenewingCertificate Get(string fileName, CertificateProfile profile, Func<CertificateAuthority> authority) =>
        _certificates.GetOrAdd(fileName, name => new Lazy<RenewingCertificate>(
            () => RenewingCertificate.Open(
                authority(), profile, Folder is null ? null : Path.Combine(Folder, name), _timeProvider.GetUtcNow()))).Value;

    private static CertificateAuthority OpenAuthority(string? folder, string fileName, string commonName, TimeProvider timeProvider)
    {
        if (folder is null) return CertificateAuthority.Create(commonName, timeProvider.GetUtcNow());
        var (certificatePath, keyPath) = (Path.Combine(folder, fileName + ".crt"), Path.Combine(folder, fileName + ".key"));
        if (CertificateAndKey.Read(certificatePath, keyPath) is { } kept) return new CertificateAuthority(kept);
        var authority = CertificateAuthority.Create(commonName, timeProvider.GetUtcNow());
        authority.Root.Write(certificatePath, keyPath);
        return authority;
    }

    private static ECDsa OpenServiceAccountKey(string folder)
    {
        var keyPath = Path.Combine(folder, "sa.key");
        if (File.Exists(keyPath))
        {
            var stored = ECDsa.Create();
            stored.ImportFromPem(File.ReadAllText(keyPath));
            return stored;
        }

        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        PrivateFile.Write(Path.Combine(folder, "sa.pub"), key.ExportSubjectPublicKeyInfoPem() + "\n");
        PrivateFile.Write(keyPath, key.ExportECPrivateKeyPem() + "\n");
        return key;
    }
}
