using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Xebec.ApiServer.Aggregation;

namespace Xebec.ApiServer.Authentication;

/// <summary>
/// Believes the X-Remote headers of a proxy in front of the server that shows a certificate of the request header CA
/// (--requestheader-client-ca-file) with an allowed name. A certificate is checked once; its end is looked at each time.
/// </summary>
internal sealed class RequestHeaderIdentities(X509Certificate2 authority, IReadOnlyList<string> allowedNames, TimeProvider time)
{
    private readonly ConditionalWeakTable<X509Certificate2, object> _known = [];

    /// <summary>The user that a proxy names; null when the connection is no proxy's, or names none.</summary>
    public UserInfo? Read(X509Certificate2 certificate, IHeaderDictionary headers) =>
        (bool)_known.GetValue(certificate, c => IsProxy(c)) && time.GetUtcNow() <= certificate.NotAfter.ToUniversalTime()
            ? FrontProxyHeaders.Read(headers)
            : null;

    private bool IsProxy(X509Certificate2 certificate) =>
        (allowedNames.Count == 0 || allowedNames.Contains(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false))) &&
        ClientCertificates.IsSignedBy(certificate, authority);
}
