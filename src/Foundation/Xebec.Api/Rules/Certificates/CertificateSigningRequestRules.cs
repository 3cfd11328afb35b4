using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Certificates;

/// <summary>CertificateSigningRequests: what is asked for, of whom and for what.</summary>
internal static class CertificateSigningRequestRules
{
    private const long ShortestSeconds = 600;
    private const string NotRequest = "PEM block type must be CERTIFICATE REQUEST";

    // The platform cannot check the signatures of other keys.
    private const string Rsa = "1.2.840.113549.1.1.1";
    private const string EllipticCurve = "1.2.840.10045.2.1";

    private const CertificateRequestLoadOptions Unsigned =
        CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions | CertificateRequestLoadOptions.SkipSignatureValidation;

    private static readonly string[] Usages =
    [
        "any", "cert sign", "client auth", "code signing", "content commitment", "crl sign", "data encipherment", "decipher only",
        "digital signature", "email protection", "encipher only", "ipsec end system", "ipsec tunnel", "ipsec user", "key agreement",
        "key encipherment", "microsoft sgc", "netscape sgc", "ocsp signing", "s/mime", "server auth", "signing", "timestamping",
    ];

    public static void Check(ObjectValue spec, CheckContext context)
    {
        if (RequestObjection(spec.GetString("request") ?? "") is { } message)
            context.Invalid("request", spec["request"], message);
        CheckUsages(spec.GetList("usages") ?? [], context);
        if (spec.GetString("signerName") == "kubernetes.io/legacy-unknown")
            context.Invalid("signerName", spec["signerName"], "the legacy signerName is not allowed via this API version");
        else
            DomainRules.CheckSigner(context.At("signerName"), spec.GetString("signerName") ?? "", context);
        if (spec["expirationSeconds"]?.AsInt64() is { } seconds and < ShortestSeconds)
        {
            const string Message = "may not specify a duration less than 600 seconds (10 minutes)";
            context.Invalid("expirationSeconds", seconds, Message);
        }
    }

    private static void CheckUsages(ListValue usages, CheckContext context)
    {
        for (var i = 0; i < usages.Count; i++)
        {
            var path = context.At("usages").Index(i);
            if (Array.IndexOf(Usages, usages[i].AsString()) < 0)
                context.Add(FieldError.NotSupported(path, usages[i], Usages));
            if (usages.Take(i).Any(u => u.DeepEquals(usages[i])))
                context.Add(FieldError.Duplicate(path, usages[i]));
        }
    }

    // What is wrong with the request; its own signature must be right.
    private static string? RequestObjection(string base64)
    {
        try
        {
            var pem = Encoding.UTF8.GetString(Convert.FromBase64String(base64));
            if (!PemEncoding.TryFind(pem, out var fields) || pem[fields.Label] != "CERTIFICATE REQUEST")
                return NotRequest;
            var read = CertificateRequest.LoadSigningRequestPem(pem, HashAlgorithmName.SHA256, Unsigned);
            if (read.PublicKey.Oid.Value is Rsa or EllipticCurve)
                CertificateRequest.LoadSigningRequestPem(pem, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions);
            return null;
        }
        catch (FormatException)
        {
            return NotRequest;
        }
        catch (Exception e) when (e is CryptographicException or NotSupportedException or ArgumentException)
        {
            return e.Message;
        }
    }
}
