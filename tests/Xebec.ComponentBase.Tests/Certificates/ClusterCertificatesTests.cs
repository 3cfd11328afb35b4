using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Xebec.ComponentBase.Certificates;

namespace Xebec.ComponentBase.Tests.Certificates;

public sealed class ClusterCertificatesTests : IDisposable
{
    private static readonly IPAddress ServiceAddress = IPAddress.Parse("10.96.0.1");
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ServingCertificateChainsToTheAuthorityAndHasEveryName()
    {
        var certificates = ClusterCertificates.Open(_folder.Path, _time);
        var serving = certificates.Get("apiserver", ClusterProfiles.ApiServer(["node1"], [ServiceAddress])).Current.Certificate;

        Assert.True(Chains(serving, certificates));
        string[] names = ["kubernetes", "kubernetes.default.svc.cluster.local", "localhost", "node1", "10.96.0.1", "127.0.0.1", "::1"];
        foreach (var name in names)
            Assert.True(serving.MatchesHostname(name), name);
        Assert.False(serving.MatchesHostname("example.org"));
    }

    [Fact]
    public void ClientCertificateCarriesUserAndGroup()
    {
        var kubelet = ClusterCertificates.Open(_folder.Path, _time).Get("kubelet-node1", ClusterProfiles.Kubelet("node1"));

        Assert.Contains("CN=system:node:node1", kubelet.Current.Certificate.Subject, StringComparison.Ordinal);
        Assert.Contains("O=system:nodes", kubelet.Current.Certificate.Subject, StringComparison.Ordinal);
        Assert.True(kubelet.Current.Certificate.HasPrivateKey);
    }

    [Fact]
    public void SecondOpenFindsTheSameKeys()
    {
        var first = ClusterCertificates.Open(_folder.Path, _time);
        var second = ClusterCertificates.Open(_folder.Path, _time);

        Assert.Equal(first.Authority.Root.CertificatePem, second.Authority.Root.CertificatePem);
        Assert.Equal(first.ServiceAccountKey.ExportSubjectPublicKeyInfoPem(), second.ServiceAccountKey.ExportSubjectPublicKeyInfoPem());
        Assert.Equal(
            first.Get("admin", ClusterProfiles.Admin).Current.KeyPem, second.Get("admin", ClusterProfiles.Admin).Current.KeyPem);
    }

    [Fact]
    public void EveryFileIsReadableByItsOwnerOnly()
    {
        var certificates = ClusterCertificates.Open(_folder.Path, _time);
        certificates.Get("admin", ClusterProfiles.Admin);
        _ = certificates.ServiceAccountKey;

        Assert.Equal(
            ["admin.crt", "admin.key", "ca.crt", "ca.key", "sa.key", "sa.pub"],
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(
            Directory.GetFiles(_folder.Path),
            path => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path)));
    }

    [Fact]
    public void NewNodeAddressReissuesTheServingCertificate()
    {
        var before = ClusterCertificates.Open(_folder.Path, _time).Get("apiserver", ClusterProfiles.ApiServer([], []));
        var after = ClusterCertificates.Open(_folder.Path, _time).Get("apiserver", ClusterProfiles.ApiServer([], [ServiceAddress]));

        Assert.NotEqual(before.Current.Certificate.SerialNumber, after.Current.Certificate.SerialNumber);
        Assert.True(after.Current.Certificate.MatchesHostname("10.96.0.1"));
    }

    [Fact]
    public async Task RunningServerRenewsBeforeExpiry()
    {
        var certificates = ClusterCertificates.Open(_folder.Path, _time);
        var serving = certificates.Get("apiserver", ClusterProfiles.ApiServer([], []));
        var (before, context) = (serving.Current, serving.TlsContext);
        using var stop = new CancellationTokenSource();
        var renewed = new TaskCompletionSource<RenewingCertificate>();
        var loop = certificates.RunRenewalAsync(renewed.SetResult, stop.Token);

        _time.Advance(TimeSpan.FromDays(300));
        Assert.Same(serving, await renewed.Task.WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.NotEqual(before.CertificatePem, serving.Current.CertificatePem);
        Assert.NotSame(context, serving.TlsContext);
        Assert.True(serving.Current.NotAfter > before.NotAfter);
        Assert.Equal(serving.Current.CertificatePem, await File.ReadAllTextAsync(serving.CertificatePath!));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
    }

    [Fact]
    public void InMemoryTheyAreKeptRenewedAndWrittenNowhere()
    {
        var certificates = ClusterCertificates.InMemory(_time);
        var admin = certificates.Get("admin", ClusterProfiles.Admin);
        var before = admin.Current;

        Assert.Same(admin, certificates.Get("admin", ClusterProfiles.Admin));
        Assert.True(Chains(before.Certificate, certificates));
        Assert.NotEqual(
            certificates.ServiceAccountKey.ExportSubjectPublicKeyInfoPem(),
            ClusterCertificates.InMemory(_time).ServiceAccountKey.ExportSubjectPublicKeyInfoPem());
        _time.Advance(TimeSpan.FromDays(300));
        Assert.True(admin.RenewIfDue(_time.GetUtcNow()));
        Assert.NotEqual(before.CertificatePem, admin.Current.CertificatePem);
        Assert.Null(admin.CertificatePath);
    }

    [Fact]
    public void LeafNeverOutlivesTheAuthority()
    {
        var certificates = ClusterCertificates.Open(_folder.Path, _time);
        _time.Advance(TimeSpan.FromDays(3640));

        Assert.Equal(certificates.Authority.Root.NotAfter, certificates.Get("admin", ClusterProfiles.Admin).Current.NotAfter);
    }

    private bool Chains(X509Certificate2 certificate, ClusterCertificates certificates)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(certificates.Authority.Root.Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = _time.GetUtcNow().UtcDateTime;
        return chain.Build(certificate);
    }
}
