using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Apiextensions;

/// <summary>A definition's conversion: a webhook says where it is and which reviews it reads.</summary>
internal static class ConversionRules
{
    private const string OnlyForWebhooks = "should not be set when strategy is not set to Webhook";

    public static void Check(ObjectValue conversion, CheckContext context)
    {
        var webhook = conversion.GetObject("webhook");
        var (clientConfig, versions) = (webhook?.GetObject("clientConfig"), webhook?.GetList("conversionReviewVersions") ?? []);
        var at = context.At("webhook");
        if (conversion.GetString("strategy") == "Webhook")
        {
            if (clientConfig is null)
                context.Add(FieldError.Required(at.Child("clientConfig"), "required when strategy is set to Webhook"));
            CheckReviewVersions(versions, at.Child("conversionReviewVersions"), context);
            return;
        }

        if (clientConfig is not null)
            context.Add(FieldError.Forbidden(at.Child("clientConfig"), OnlyForWebhooks));
        if (versions.Count > 0)
            context.Add(FieldError.Forbidden(at.Child("conversionReviewVersions"), OnlyForWebhooks));
    }

    /// <summary>Certificates that could be read before stay readable once the definition is established.</summary>
    public static void CheckBundle(ObjectValue? spec, ObjectValue? before, CheckContext context)
    {
        var (bundle, old) = (BundleOf(spec), BundleOf(before));
        if (bundle.Length == 0 || HasCertificates(bundle) || (old.Length > 0 && !HasCertificates(old)))
            return;
        const string Unreadable = "unable to load root certificates: data does not contain any valid RSA or ECDSA certificates";
        var path = FieldPath.Root("spec").Child("conversion", "webhook", "clientConfig", "caBundle");
        context.Add(FieldError.Invalid(path, bundle, Unreadable));
    }

    private static string BundleOf(ObjectValue? spec) =>
        spec?.GetObject("conversion")?.GetObject("webhook")?.GetObject("clientConfig")?.GetString("caBundle") ?? "";

    private static bool HasCertificates(string base64)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(Encoding.ASCII.GetString(Convert.FromBase64String(base64)));
            return certificates.Count > 0;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false;
        }
        finally
        {
            foreach (var certificate in certificates)
                certificate.Dispose();
        }
    }

    private static void CheckReviewVersions(ListValue versions, FieldPath path, CheckContext context)
    {
        if (versions.Count == 0)
        {
            context.Add(FieldError.Required(path));
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < versions.Count; i++)
        {
            var version = versions[i].AsString() ?? "";
            if (seen.Add(version))
                context.AddInvalid(path.Index(i), version, NameRules.Dns1035Label(version));
            else
                context.Add(FieldError.Invalid(path.Index(i), version, "duplicate version"));
        }

        if (!seen.Contains("v1") && !seen.Contains("v1beta1"))
            context.Add(FieldError.Invalid(path, versions, "must include at least one of v1, v1beta1"));
    }
}
