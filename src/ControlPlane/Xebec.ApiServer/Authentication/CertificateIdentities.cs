using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Xebec.ApiServer.Authentication;

/// <summary>
/// Who a client certificate of the cluster's CA stands for: the common name is the user, the organizations are the groups. Checked and
/// read once for each; its dates are looked at each time.
/// </summary>
internal sealed class CertificateIdentities(X509Certificate2? authority, TimeProvider time)
{
    // A serving certificate of the same CA is no proof of who a client is.
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private readonly ConditionalWeakTable<X509Certificate2, UserInfo> _known = [];
    private readonly ConditionalWeakTable<X509Certificate2, object> _refused = [];

    /// <summary>The user; null when the certificate is not to be believed (now).</summary>
    public UserInfo? Get(X509Certificate2 certificate)
    {
        if (_known.TryGetValue(certificate, out var known))
            return known.Name.Length > 0 && time.GetUtcNow() <= certificate.NotAfter.ToUniversalTime() ? known : null;
        if (_refused.TryGetValue(certificate, out _))
            return null;
        if (IsSigned(certificate) && _known.GetValue(certificate, Read) is { Name.Length: > 0 } user)
            return user;
        _refused.AddOrUpdate(certificate, certificate);
        return null;
    }

    private bool IsSigned(X509Certificate2 certificate)
    {
        if (authority is null)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return chain.Build(certificate);
    }

    // Without a name when it stands for nobody: it has none, or a UID that is none.
    private static UserInfo Read(X509Certificate2 certificate)
    {
        var names = SubjectNames.Read(certificate.SubjectName.RawData);
        var name = names.LastOrDefault(n => n.Type == SubjectNames.CommonName).Text ?? "";
        var ids = names.Where(n => n.Type == SubjectNames.UserId).Select(n => n.Text).ToArray();
        if (ids is [null or "", ..])
            return new UserInfo("");
        var groups = names.Where(n => n.Type == SubjectNames.Organization).Select(n => n.Text ?? "").ToList();
        groups.Add("system:authenticated");
        var credential = $"X509SHA256={Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256))}";
        var extra = new Dictionary<string, IReadOnlyList<string>> { ["authentication.kubernetes.io/credential-id"] = [credential] };
        return new UserInfo(name, ids is [{ } uid, ..] ? uid : "", groups, extra);
    }
}
