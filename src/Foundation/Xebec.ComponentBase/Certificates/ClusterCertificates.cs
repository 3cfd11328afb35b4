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

    private ClusterCertificates(string? folder, CertificateAuthority authority, TimeProvider timeProvider)
    {
        (Folder, Authority, _timeProvider) = (folder, authority, timeProvider);
        _serviceAccountKey = new Lazy<ECDsa>(
            () => folder is null ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : OpenServiceAccountKey(folder));
    }

    /// <summary>The pki/ folder; null when they are in memory alone.</summary>
    public string? Folder { get; }

    /// <summary>The cluster's authority (ca.crt, ca.key).</summary>
    public CertificateAuthority Authority { get; }

    /// <summary>The P-256 key that signs service-account tokens with ES256 (sa.key, sa.pub).</summary>
    public ECDsa ServiceAccountKey => _serviceAccountKey.Value;

    /// <summary>Opens the folder, making the authority when there is none yet.</summary>
    /// <exception cref="CryptographicException">A file is damaged: delete its pair, or the folder for a new authority.</exception>
    public static ClusterCertificates Open(string folder, TimeProvider timeProvider)
    {
        PrivateFile.CreateFolder(folder);
        var (certificatePath, keyPath) = (Path.Combine(folder, "ca.crt"), Path.Combine(folder, "ca.key"));
        var root = CertificateAndKey.Read(certificatePath, keyPath);
        if (root is not null) return new ClusterCertificates(folder, new CertificateAuthority(root), timeProvider);
        var authority = CertificateAuthority.Create("kubernetes", timeProvider.GetUtcNow());
        authority.Root.Write(certificatePath, keyPath);
        return new ClusterCertificates(folder, authority, timeProvider);
    }

    /// <summary>A new authority that ends with the process and writes no file, for a cluster inside a test.</summary>
    public static ClusterCertificates InMemory(TimeProvider timeProvider) =>
        new(null, CertificateAuthority.Create("kubernetes", timeProvider.GetUtcNow()), timeProvider);

    /// <summary>The certificate kept under this file name (without extension); issued now when missing, due or short of a name.</summary>
    public RenewingCertificate Get(string fileName, CertificateProfile profile) =>
        _certificates.GetOrAdd(fileName, name => new Lazy<RenewingCertificate>(
            () => RenewingCertificate.Open(
                Authority, profile, Folder is null ? null : Path.Combine(Folder, name), _timeProvider.GetUtcNow()))).Value;

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
