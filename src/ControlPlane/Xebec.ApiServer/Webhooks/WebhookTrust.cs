using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Xebec.ApiServer.Webhooks;

/// <summary>Whether a webhook's certificate is one to believe: signed by the caBundle (by the machine's CAs when there is none), for the name.</summary>
internal sealed class WebhookTrust
{
    private const string Failed = "tls: failed to verify certificate: x509: ";
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");
    private readonly X509Certificate2Collection _authorities = [];
    private readonly bool _isGiven;
    private readonly TimeProvider _time;

    /// <param name="caBundle">The CAs in PEM as base64; empty for the machine's.</param>
    /// <param name="time">What the certificates' validity is compared with.</param>
    public WebhookTrust(string caBundle, TimeProvider time)
    {
        _time = time;
        _isGiven = caBundle.Length > 0;
        if (_isGiven)
            Import(caBundle);
    }

    private void Import(string caBundle)
    {
        try
        {
            _authorities.ImportFromPem(Encoding.UTF8.GetString(Convert.FromBase64String(caBundle)));
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            // A webhook that can't be called: its failure policy says what that means.
            throw new WebhookCallException($"unable to load root certificates: {e.Message}");
        }
    }

    /// <summary>True for a certificate to believe.</summary>
    /// <exception cref="AuthenticationException">It is none; says why, as Go's crypto/x509 does.</exception>
    public bool Check(string serverName, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 presented)
            throw new AuthenticationException("tls: no certificate presented");
        if (_isGiven ? !IsSignedByBundle(presented, sent) : (errors & SslPolicyErrors.RemoteCertificateChainErrors) != 0)
            throw new AuthenticationException(Failed + WhyUntrusted(presented));
        if (!presented.MatchesHostname(serverName, allowWildcards: true, allowCommonName: false))
            throw new AuthenticationException(Failed + WhyOtherName(presented, serverName));
        return true;
    }

    // Any certificate of the bundle is an anchor, also one that another CA has signed.
    private bool IsSignedByBundle(X509Certificate2 presented, X509Chain? sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.ExtraStore.AddRange(_authorities);
        if (sent is not null)
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        chain.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        chain.ChainPolicy.VerificationTime = _time.GetUtcNow().UtcDateTime;
        return chain.Build(presented) &&
            chain.ChainElements.Any(e => _authorities.Any(a => a.RawDataMemory.Span.SequenceEqual(e.Certificate.RawDataMemory.Span)));
    }

    private string WhyUntrusted(X509Certificate2 presented)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var (first, last) = (presented.NotBefore.ToUniversalTime(), presented.NotAfter.ToUniversalTime());
        if (now >= first && now <= last)
            return "certificate signed by unknown authority";
        var relation = now > last ? $"is after {Show(last)}" : $"is before {Show(first)}";
        return $"certificate has expired or is not yet valid: current time {Show(now)} {relation}";
    }

    private static string Show(DateTime moment) => moment.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string WhyOtherName(X509Certificate2 presented, string serverName)
    {
        var names = presented.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        if (names is null)
            return "certificate relies on legacy Common Name field, use SANs instead";
        var valid = System.Net.IPAddress.TryParse(serverName, out _)
            ? names.EnumerateIPAddresses().Select(a => a.ToString()).ToArray()
            : [.. names.EnumerateDnsNames()];
        return valid.Length == 0
            ? $"certificate is not valid for any names, but wanted to match {serverName}"
            : $"certificate is valid for {string.Join(", ", valid)}, not {serverName}";
    }
}
