using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Xebec.ApiServer.Aggregation;

namespace Xebec.ApiServer.Authentication;

/// <summary>
/// Believes the X-Remote headers of a proxy in front of the server that shows a certificate of the request header CA
/// (--requestheader-client-ca-file) with an allowed name.
/// </summary>
internal sealed class RequestHeaderIdentities(KubeApiServerOptions options, X509Certificate2 proxyAuthority)
{
    private readonly ConditionalWeakTable<X509Certificate2, Standing> _known = [];

    /// <summary>The user that a proxy names; null when the connection is no proxy's, or names none.</summary>
    public UserInfo? Read(X509Certificate2 certificate, IHeaderDictionary headers) =>
        _known.GetValue(certificate, Check).IsProxy ? FrontProxyHeaders.Read(headers) : null;

    /// <summary>The certificate is a client's of this cluster, too: not only the proxies' CA has signed it.</summary>
    public bool IsClient(X509Certificate2 certificate) => _known.GetValue(certificate, Check).IsClient;

    private Standing Check(X509Certificate2 certificate)
    {
        var allowed = options.RequestHeaderAllowedNames;
        var isNamed = allowed.Count == 0 || allowed.Contains(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
        return new Standing(
            isNamed && ClientCertificates.IsSignedBy(certificate, proxyAuthority),
            options.ClientAuthority is { } clients && ClientCertificates.IsSignedBy(certificate, clients));
    }

    private sealed record Standing(bool IsProxy, bool IsClient);
}
