using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;

namespace Xebec.ApiServer.Authentication;

/// <summary>Who a client certificate stands for: the common name is the user, the organizations are the groups. Read once for each.</summary>
internal sealed class CertificateIdentities
{
    private const string CommonName = "2.5.4.3";
    private const string Organization = "2.5.4.10";
    private readonly ConditionalWeakTable<X509Certificate2, UserInfo> _known = [];

    public UserInfo Get(X509Certificate2 certificate) =>
        _known.TryGetValue(certificate, out var known) ? known : _known.GetValue(certificate, Read);

    private static UserInfo Read(X509Certificate2 certificate)
    {
        var name = "";
        var groups = new List<string>();
        foreach (var part in certificate.SubjectName.EnumerateRelativeDistinguishedNames())
        {
            if (part.HasMultipleElements)
                continue;
            var type = part.GetSingleElementType().Value;
            if (type == CommonName)
                name = part.GetSingleElementValue() ?? "";
            else if (type == Organization)
                groups.Add(part.GetSingleElementValue() ?? "");
        }

        groups.Add("system:authenticated");
        var credential = $"X509SHA256={Convert.ToHexStringLower(certificate.GetCertHash(System.Security.Cryptography.HashAlgorithmName.SHA256))}";
        var extra = new Dictionary<string, IReadOnlyList<string>> { ["authentication.kubernetes.io/credential-id"] = [credential] };
        return new UserInfo(name, "", groups, extra);
    }
}
