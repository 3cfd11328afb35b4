using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Xebec.ApiServer.Authentication;

/// <summary>Finds out who a request is from: a client certificate of the cluster's CA, or the identity of an in-process client.</summary>
internal sealed class Authenticator
{
    /// <summary>The user; null when credentials were presented that are not valid (401), anonymous when there were none.</summary>
    public ValueTask<UserInfo?> AuthenticateAsync(HttpContext http)
    {
        if (http.Features.Get<InProcessIdentity>() is { } inProcess)
            return new(inProcess.User);
        if (http.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is { } certificate)
            return new(FromCertificate(certificate));
        return new(UserInfo.Anonymous);
    }

    private static UserInfo FromCertificate(X509Certificate2 certificate)
    {
        var name = "";
        var groups = new List<string>();
        foreach (var part in certificate.SubjectName.EnumerateRelativeDistinguishedNames())
        {
            if (part.HasMultipleElements)
                continue;
            if (part.GetSingleElementType().Value == "2.5.4.3")
                name = part.GetSingleElementValue() ?? "";
            else if (part.GetSingleElementType().Value == "2.5.4.10")
                groups.Add(part.GetSingleElementValue() ?? "");
        }

        groups.Add("system:authenticated");
        return new UserInfo(name, groups);
    }
}
