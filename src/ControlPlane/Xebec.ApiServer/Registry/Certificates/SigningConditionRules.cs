using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Certificates;

/// <summary>The conditions of a certificate request, and the certificate that ends it.</summary>
internal static class SigningConditionRules
{
    private static readonly string[] TrueOnly = ["True"];
    private static readonly string[] AnyStatus = ["False", "True", "Unknown"];

    /// <summary>Each condition once, decided one way, with a status.</summary>
    public static void Check(ObjectValue[] conditions, FieldPath path, List<FieldError> errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < conditions.Length; i++)
        {
            var (type, status) = (conditions[i].GetString("type") ?? "", conditions[i].GetString("status") ?? "");
            var allowed = type is "Approved" or "Denied" or "Failed" ? TrueOnly : AnyStatus;
            if (type.Length == 0)
                errors.Add(FieldError.Required(path.Index(i).Child("type")));
            if (status.Length == 0)
                errors.Add(FieldError.Required(path.Index(i).Child("status")));
            else if (Array.IndexOf(allowed, status) < 0)
                errors.Add(FieldError.NotSupported(path.Index(i).Child("status"), status, allowed));
            if ((type == "Approved" && seen.Contains("Denied")) || (type == "Denied" && seen.Contains("Approved")))
                errors.Add(FieldError.Invalid(path, type, "Approved and Denied conditions are mutually exclusive"));
            if (!seen.Add(type))
                errors.Add(FieldError.Duplicate(path.Index(i).Child("type"), type));
        }
    }

    /// <summary>A certificate is PEM, and stays once it is there.</summary>
    public static void CheckCertificate(ObjectValue updated, ObjectValue stored, List<FieldError> errors)
    {
        var path = FieldPath.Root("status").Child("certificate");
        var (now, before) = (Certificate(updated), Certificate(stored));
        if (now == before)
            return;
        if (before.Length > 0)
            errors.Add(FieldError.Forbidden(path, "updates may not modify existing certificate content"));
        if (now.Length > 0 && Objection(now) is { } message)
            errors.Add(FieldError.Invalid(path, "<certificate data>", message));
    }

    private static string Certificate(ObjectValue request) => request.GetObject("status")?.GetString("certificate") ?? "";

    private static string? Objection(string base64)
    {
        const string None = "must contain at least one CERTIFICATE PEM block";
        try
        {
            var pem = Encoding.UTF8.GetString(Convert.FromBase64String(base64)).AsSpan();
            var blocks = 0;
            while (PemEncoding.TryFind(pem, out var fields))
            {
                if (!pem[fields.Label].SequenceEqual("CERTIFICATE"))
                    return $"only CERTIFICATE PEM blocks are allowed, found {GoText.Quote(pem[fields.Label].ToString())}";
                X509CertificateLoader.LoadCertificate(Convert.FromBase64String(pem[fields.Base64Data].ToString())).Dispose();
                pem = pem[fields.Location.End..];
                blocks++;
            }

            return blocks == 0 ? None : null;
        }
        catch (FormatException)
        {
            return None;
        }
        catch (CryptographicException e)
        {
            return e.Message;
        }
    }
}
